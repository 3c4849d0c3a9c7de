package dev.berth.registry.auth.htpasswd;

/**
 * A line of a file that cannot be used. The others are.
 *
 * @param line its number, from 1
 * @param message what is wrong and what would be right; nothing of the name or the hash is in it
 */
public record HtpasswdProblem(int line, String message) {

    @Override
    public String toString() {
        return "line " + line + ": " + message;
    }
}
