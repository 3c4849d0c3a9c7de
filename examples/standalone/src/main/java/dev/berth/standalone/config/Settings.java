package dev.berth.standalone.config;

import static dev.berth.standalone.config.Setting.applied;
import static dev.berth.standalone.config.Setting.guard;
import static dev.berth.standalone.config.Setting.needless;
import static dev.berth.standalone.config.Setting.notYet;
import static dev.berth.standalone.config.Setting.refused;

import dev.berth.registry.http.HttpOptions.LocationStyle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The settings of Docker's registry, versions 2 and 3, each with what becomes of it here. */
final class Settings {

    private static final String OPEN = "without it the registry would be open to everyone;"
            + " remove it and listen on loopback, or put a proxy that asks for passwords in front";
    private static final String LETS_ENCRYPT = "let certbot or a reverse proxy get the certificate";
    private static final String STORAGES = "use storage.filesystem or storage.inmemory";

    static final List<Setting> TABLE = List.of(
            refused("version", "the version of the file's format, which is 0.1").unless("0.1"),

            // HTTP
            applied(
                    "http.addr",
                    "where to listen; `:5000` is all interfaces",
                    (d, v) -> d.address = ListenAddress.parse(v)),
            refused("http.net", "listen on tcp").unless("tcp"),
            applied(
                    "http.host",
                    "the URL that clients use, for `Location`",
                    (d, v) -> d.externalUrl = Optional.of(ExternalUrl.parse(v))),
            applied(
                    "http.relativeurls",
                    "`Location` as a path, which is the default; `false` makes it a URL",
                    (d, v) -> d.location = v.isTrue() ? LocationStyle.RELATIVE : LocationStyle.FORWARDED),
            refused("http.prefix", "serve at the top of a host, and let a reverse proxy take the prefix off")
                    .unless("/"),
            needless("http.secret", "uploads need no signature"),
            applied(
                    "http.draintimeout",
                    "how long requests may take to end when it is stopped, 5s unless told",
                    (d, v) -> d.drainTimeout = v.duration()),
            applied("http.headers.**", "header fields for every response", ResponseHeader::add),
            applied(
                    "http.tls.certificate",
                    "the certificate and those it is issued by, in PEM; read again when it changes",
                    (d, v) -> d.security.certificate = Optional.of(v.file())),
            applied("http.tls.key", "its key, in PEM", (d, v) -> d.security.key = Optional.of(v.file())),
            applied(
                    "http.tls.minimumtls",
                    "`tls1.2`, the default, or `tls1.3`",
                    (d, v) -> d.security.minimumTls = minimumTls(v)),
            applied(
                    "http.tls.clientcas.**",
                    "the authorities whose certificates clients have to show",
                    (d, v) -> d.security.clientAuthorities.add(v.file())),
            applied(
                    "http.tls.clientauth",
                    "`require-and-verify-client-cert`, the default, or `verify-client-cert-if-given`",
                    (d, v) -> d.security.clientsMayBeUnknown = clientAuth(v)),
            notYet("http.tls.ciphersuites", "the JVM's are offered"),
            refused("http.tls.letsencrypt.**", LETS_ENCRYPT),
            notYet("http.http2.disabled", "with TLS, HTTP/2 is offered").unless("false"),
            notYet("http.h2c.enabled", "without TLS, HTTP/1.1 is spoken").unless("false"),
            applied(
                    "http.debug.addr",
                    "where those who look after it ask for `/readyz`, `/debug/health` and the metrics, without TLS and passwords",
                    (d, v) -> d.management.address = Optional.of(ListenAddress.parse(v))),
            applied(
                    "http.debug.prometheus.enabled",
                    "whether there are metrics",
                    (d, v) -> d.management.metrics = v.isTrue()),
            applied(
                    "http.debug.prometheus.path",
                    "where they are, `/metrics` unless told",
                    (d, v) -> d.management.metricsPath = path(v)),

            // Storage
            applied(
                    "storage.filesystem.rootdirectory",
                    "where content is kept, in the same layout",
                    (d, v) -> d.directory = Optional.of(v.directory())),
            needless("storage.filesystem.maxthreads", "files are read without a thread for each"),
            applied("storage.filesystem", "content in files, in `/var/lib/registry` unless told", (d, v) -> {}),
            applied("storage.inmemory.**", "content in memory; `REGISTRY_STORAGE=inmemory` says it too", (d, v) -> {}),
            guard("storage.s3.**", STORAGES),
            guard("storage.gcs.**", STORAGES),
            guard("storage.azure.**", STORAGES),
            guard("storage.swift.**", STORAGES),
            guard("storage.oss.**", STORAGES),
            applied(
                    "storage.delete.enabled",
                    "whether clients may delete, on unless told as in registry:3",
                    (d, v) -> d.deletes = v.isTrue()),
            needless("storage.redirect.disable", "content is always served here"),
            needless("storage.cache.**", "nothing is looked up slowly enough"),
            applied("storage.maintenance.readonly.enabled", "refuses every change", (d, v) -> d.readOnly = v.isTrue()),
            applied(
                    "storage.maintenance.uploadpurging.enabled",
                    "whether uploads that were given up are removed, on unless told",
                    (d, v) -> d.housekeeping.purging("enabled", v)),
            applied(
                    "storage.maintenance.uploadpurging.age",
                    "how long they have rested then, 168h unless told",
                    (d, v) -> d.housekeeping.purging("age", v)),
            applied(
                    "storage.maintenance.uploadpurging.interval",
                    "how often that is done, every 24h unless told",
                    (d, v) -> d.housekeeping.purging("interval", v)),
            applied(
                    "storage.maintenance.uploadpurging.dryrun",
                    "only says how many there are",
                    (d, v) -> d.housekeeping.purging("dryrun", v)),
            needless("storage.tag.concurrencylimit", "tags are read as they are asked for"),

            // Who may do what
            applied(
                    "auth.htpasswd.path",
                    "users and passwords, as `htpasswd -B` writes them; read again when it changes",
                    (d, v) -> d.security.htpasswd = Optional.of(v.file())),
            applied(
                    "auth.htpasswd.realm",
                    "what the passwords are for, `Registry` unless told",
                    (d, v) -> d.security.realm = Optional.of(realm(v))),
            applied(
                    "auth.token.realm",
                    "the URL of the token service that is trusted",
                    (d, v) -> d.security.tokenRealm = Optional.of(realm(v))),
            applied(
                    "auth.token.service",
                    "what its tokens call this registry",
                    (d, v) -> d.security.tokenService = Optional.of(realm(v))),
            applied(
                    "auth.token.issuer",
                    "what its tokens call the service",
                    (d, v) -> d.security.tokenIssuer = Optional.of(v.text())),
            applied(
                    "auth.token.rootcertbundle",
                    "the certificates and public keys that its tokens are signed by, in PEM",
                    (d, v) -> d.security.rootCertBundle = Optional.of(v.file())),
            applied(
                    "auth.token.jwks",
                    "the same as a JSON Web Key Set, in a file or at a URL",
                    (d, v) -> d.security.jwks = Optional.of(v.text())),
            needless("auth.token.signingalgorithms", "each key goes with its algorithm"),
            applied(
                    "auth.token.autoredirect",
                    "whether the token service is at the host by which the registry was reached",
                    (d, v) -> d.security.autoRedirect = v.isTrue()),
            applied(
                    "auth.token.autoredirectpath",
                    "the path there, `/auth/token` unless told",
                    (d, v) -> d.security.redirectPath = path(v)),
            guard("auth.silly.**", OPEN),
            refused(
                    "policy.repository.classes",
                    "nothing else would limit what may be pushed; remove it to accept all"),

            // Content
            applied(
                    "validation.disabled",
                    "an index may be pushed without its manifests",
                    (d, v) -> d.validation = !v.isTrue()),
            needless("validation.enabled", "it is, unless `validation.disabled` says otherwise"),
            refused("validation.manifests.urls.**", "URLs of layers are not looked at; remove it to accept all"),
            applied(
                    "validation.manifests.indexes.platforms",
                    "which manifests of an index have to be there: `all` or `none`",
                    Settings::indexPlatforms),
            notYet("validation.manifests.indexes.platformlist.**", "all manifests of an index have to be there"),
            applied(
                    "catalog.maxentries",
                    "the most repositories in one page, 1000 unless told",
                    (d, v) -> d.catalogLimit = v.number(1)),
            applied("tags.maxtags", "the most tags in one page, 1000 unless told", (d, v) -> d.tagLimit = v.number(1)),
            notYet("compatibility.schema1.**", "manifests of schema 1 are not converted"),

            // Another kind of registry
            refused("proxy.**", "this would be an empty registry, and no mirror; remove it to have one to push to"),
            applied(
                    "notifications.endpoints.**",
                    "who is told by HTTP: `name`, `url`, `disabled`, `headers`, `timeout` (5s unless told), `threshold`, `backoff`,"
                            + " `ignoredmediatypes`, `ignore.mediatypes`, `ignore.actions`",
                    (d, v) -> d.notifications.add(v)),
            applied(
                    "notifications.events.includereferences",
                    "whether they are told what manifests are made of",
                    (d, v) -> d.notifications.references = v.isTrue()),
            refused("middleware.**", "what it would do is not done; remove it if that does not matter"),
            refused("redis.**", "there is no cache to share; remove it"),

            // Looking after it
            applied("log.level", "what is logged, info unless told", (d, v) -> d.logLevel = LogLevels.parse(v)),
            notYet("loglevel", "log.level is its newer name"),
            applied(
                    "log.formatter",
                    "`text`, the default, or `json`: an object in each line",
                    (d, v) -> d.jsonLog = isJson(v)),
            needless("log.fields.**", "nothing but the registry writes to its log"),
            applied(
                    "log.accesslog.disabled",
                    "a line for each request, on standard output unless `true`",
                    (d, v) -> d.accessLog = !v.isTrue()),
            notYet("log.hooks.**", "nobody is sent mail"),
            needless("log.reportcaller", "each line names its logger"),
            notYet("reporting.**", "nothing is reported anywhere"),
            needless(
                    "health.storagedriver.enabled",
                    "it is looked at when somebody asks; a request that the storage fails is answered with 503, and no other"),
            applied(
                    "health.storagedriver.interval",
                    "how often at most it is looked at, 10s unless told",
                    (d, v) -> d.management.interval = v.duration()),
            applied(
                    "health.storagedriver.threshold",
                    "how many times in a row that has to fail, 1 unless told",
                    (d, v) -> d.management.threshold = v.number(1)),
            applied(
                    "health.file.**",
                    "files that say that the registry is not ready, as long as one is there",
                    (d, v) -> d.management.addFile(v)),
            notYet("health.**", "the registry does not look at other things"));

    private static final Map<String, Setting> BY_ROOT =
            TABLE.stream().collect(Collectors.toMap(Setting::root, s -> s, (s, t) -> s, LinkedHashMap::new));

    private Settings() {}

    /** The setting that a path belongs to: the nearest above it, or itself. */
    static Optional<Setting> of(String path) {
        for (String at = path; !at.isEmpty(); at = at.substring(0, Math.max(0, at.lastIndexOf('.')))) {
            Setting found = BY_ROOT.get(at);
            if (found != null && found.covers(path)) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    /** Whether a path is that of a setting, or on the way to one. */
    static boolean knows(String path) {
        return of(path).isPresent() || TABLE.stream().anyMatch(s -> s.root().startsWith(path + "."));
    }

    /**
     * Puts all values into effect.
     *
     * @throws UsageException naming everything that must not be passed over, a line for each
     */
    static void apply(Values values, Draft draft) {
        applyStorageType(values, draft);
        values.all().forEach(draft.security::see);
        Map<Setting, List<Value>> bySetting = new LinkedHashMap<>();
        List<String> refusals = new ArrayList<>();
        for (Value value : values.all()) {
            Optional<Setting> setting = of(value.path());
            if (setting.isPresent()) {
                if (!setting.get().isIdle(value)) {
                    bySetting
                            .computeIfAbsent(setting.get(), s -> new ArrayList<>())
                            .add(value);
                }
            } else if (!(value.isEmpty() && knows(value.path()))) {
                refusals.add(value.name() + " is no setting of a registry: correct or remove it");
            }
        }
        List<Value> needless = new ArrayList<>();
        bySetting.forEach((setting, given) -> {
            switch (setting.disposition()) {
                case APPLIED -> given.forEach(value -> setting.applyTo(draft, value));
                case NEEDLESS -> needless.addAll(given);
                case NOT_YET -> {
                    if (!isSwitchedOff(setting, values)) {
                        draft.warn(notSupported(setting, given));
                    }
                }
                case REFUSED, GUARD -> refusals.add(notSupported(setting, given));
            }
        });
        if (!refusals.isEmpty()) {
            throw new UsageException(String.join("\n", refusals));
        }
        if (!needless.isEmpty()) {
            draft.note("accepted, and needless here: " + names(needless));
        }
    }

    private static void applyStorageType(Values values, Draft draft) {
        Set<String> types = values.storageTypes();
        if (types.size() > 1) {
            List<Value> chosen = values.all().stream()
                    .filter(v -> types.stream().anyMatch(t -> (v.path() + ".").startsWith("storage." + t + ".")))
                    .toList();
            throw new UsageException("one storage is possible, not " + String.join(" and ", types) + " ("
                    + names(chosen) + "); REGISTRY_STORAGE=inmemory replaces what a file says");
        }
        for (String type : types) {
            switch (type) {
                case "filesystem" -> draft.directory = Optional.of(Draft.DOCKER_DIRECTORY);
                case "inmemory" -> draft.directory = Optional.empty();
                default -> {
                    // Its values are refused with all others.
                }
            }
        }
    }

    private static String notSupported(Setting setting, List<Value> given) {
        String what = names(given);
        if (setting.isSubtree()) {
            what += ": " + setting.root();
        } else if (!setting.harmless().isEmpty()) {
            // Values are said only where they are what is at fault: others may be passwords.
            what += ", '" + given.get(0).text() + "',";
        }
        return what + " is not supported yet: " + setting.note();
    }

    /** What to call several values: variables by their names, and what is in a file by its paths. */
    private static String names(List<Value> values) {
        Map<String, List<Value>> bySource = new LinkedHashMap<>();
        values.forEach(v ->
                bySource.computeIfAbsent(v.source(), s -> new ArrayList<>()).add(v));
        return bySource.entrySet().stream()
                .map(given -> given.getValue().get(0).inFile()
                        ? given.getValue().stream().map(Value::path).collect(Collectors.joining(", ")) + " in "
                                + given.getKey()
                        : given.getKey())
                .collect(Collectors.joining(", "));
    }

    private static boolean isSwitchedOff(Setting setting, Values values) {
        return values.at(setting.root() + ".enabled")
                .filter(v -> !v.isEmpty() && !v.isTrue())
                .isPresent();
    }

    private static String minimumTls(Value value) {
        return switch (value.text()) {
            case "tls1.2" -> "1.2";
            case "tls1.3" -> "1.3";
            default -> throw value.wrong("tls1.2 or tls1.3");
        };
    }

    private static boolean clientAuth(Value value) {
        return switch (value.text()) {
            case "require-and-verify-client-cert" -> false;
            case "verify-client-cert-if-given" -> true;
            default -> throw value.wrong("require-and-verify-client-cert or verify-client-cert-if-given");
        };
    }

    /** What goes into a challenge, in quotes. */
    private static String realm(Value value) {
        if (!value.text().matches("[\\x20-\\x7e&&[^\"\\\\]]+")) {
            throw value.wrong("of printable ASCII characters, without quotes and backslashes");
        }
        return value.text();
    }

    static boolean isJson(Value value) {
        return switch (value.text()) {
            case "text" -> false;
            case "json" -> true;
            default -> throw value.wrong("text or json");
        };
    }

    private static String path(Value value) {
        if (!value.text().matches("/[A-Za-z0-9/._~-]*")) {
            throw value.wrong("a path, such as /auth/token");
        }
        return value.text();
    }

    private static void indexPlatforms(Draft draft, Value value) {
        switch (value.text()) {
            case "all" -> draft.wholeIndexes = true;
            case "none" -> draft.wholeIndexes = false;
            case "list" -> {
                draft.wholeIndexes = true;
                draft.warn(
                        value.name() + ": 'list' is not supported yet, and all manifests of an index have to be there");
            }
            default -> throw value.wrong("all or none");
        }
    }
}
