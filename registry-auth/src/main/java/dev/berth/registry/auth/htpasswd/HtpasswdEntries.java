package dev.berth.registry.auth.htpasswd;

import at.favre.lib.crypto.bcrypt.BCrypt;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * What a file says. Immutable.
 *
 * @param entries by name
 * @param problems the lines that could not be used
 * @param stranger what is compared for a name that is not there, so that it takes as long
 */
record HtpasswdEntries(Map<String, Entry> entries, List<HtpasswdProblem> problems, PasswordHash stranger) {

    private static final int USUAL_COST = 10;

    HtpasswdEntries {
        entries = Map.copyOf(entries);
        problems = List.copyOf(problems);
    }

    /** A user. */
    record Entry(PasswordHash hash, String revision) {}

    static HtpasswdEntries parse(List<String> lines, boolean weakHashes) {
        Map<String, Entry> entries = new HashMap<>();
        List<HtpasswdProblem> problems = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            try {
                add(line, weakHashes, entries);
            } catch (IllegalArgumentException e) {
                problems.add(new HtpasswdProblem(i + 1, String.valueOf(e.getMessage())));
            }
        }
        return new HtpasswdEntries(entries, problems, stranger(entries));
    }

    private static void add(String line, boolean weakHashes, Map<String, Entry> entries) {
        int colon = line.indexOf(':');
        if (colon <= 0) {
            throw new IllegalArgumentException("an entry is a name, a colon and a hash");
        }
        String name = line.substring(0, colon);
        if (name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a name has no control characters");
        }
        if (entries.containsKey(name)) {
            throw new IllegalArgumentException("there is an entry of that name above");
        }
        PasswordHash hash = PasswordHash.of(line.substring(colon + 1));
        if (hash.weak() && !weakHashes) {
            throw new IllegalArgumentException(
                    "the hash is of a weak form: make the entry with htpasswd -B, or allow weak hashes");
        }
        entries.put(name, new Entry(hash, DigestUtils.sha256Hex(line)));
    }

    private static PasswordHash stranger(Map<String, Entry> entries) {
        int cost = entries.values().stream()
                .mapToInt(entry -> entry.hash instanceof PasswordHash.Bcrypt bcrypt ? bcrypt.cost() : 0)
                .max()
                .orElse(USUAL_COST);
        if (cost == 0) {
            return entries.values().iterator().next().hash;
        }
        byte[] password = new byte[32];
        new SecureRandom().nextBytes(password);
        byte[] hash = BCrypt.with(BCrypt.Version.VERSION_2Y).hash(cost, password);
        return new PasswordHash.Bcrypt(new String(hash, StandardCharsets.US_ASCII), cost);
    }

    Optional<Entry> find(String name) {
        return Optional.ofNullable(entries.get(name));
    }
}
