package dev.berth.registry.layer;

import dev.berth.registry.Descriptor;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.UploadId;
import dev.berth.registry.layer.QuotaLedger.Kind;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** All quotas that count in one repository, as one. Something fits if it fits into each of them. */
record QuotaShare(List<QuotaLedger> ledgers) {

    /** Room that has been set aside in all of them. */
    void reserve(Kind kind, long amount) throws IOException {
        for (int i = 0; i < ledgers.size(); i++) {
            QuotaLedger ledger = ledgers.get(i);
            ledger.open();
            try {
                boolean fits = ledger.reserve(kind, amount) || (ledger.refresh() && ledger.reserve(kind, amount));
                if (!fits) {
                    throw refusal(ledger, kind, amount);
                }
            } catch (RegistryException | IOException e) {
                giveBack(ledgers.subList(0, i), kind, amount);
                throw e;
            }
        }
    }

    /** As {@link #reserve}, without a look at the storage: what is in the ledgers has to do. */
    void reserveAtOnce(Kind kind, long amount) {
        for (int i = 0; i < ledgers.size(); i++) {
            if (!ledgers.get(i).reserve(kind, amount)) {
                giveBack(ledgers.subList(0, i), kind, amount);
                throw refusal(ledgers.get(i), kind, amount);
            }
        }
    }

    /** Counts anew where so much would not fit, so that {@link #reserveAtOnce} has the latest numbers. */
    void prepare(Kind kind, long amount) throws IOException {
        for (QuotaLedger ledger : ledgers) {
            ledger.open();
            if (ledger.limit(kind).isPresent() && amount > ledger.limit(kind).getAsLong() - ledger.used(kind)) {
                ledger.refresh();
            }
        }
    }

    void giveBack(Kind kind, long amount) {
        giveBack(ledgers, kind, amount);
    }

    private static void giveBack(List<QuotaLedger> some, Kind kind, long amount) {
        some.forEach(ledger -> ledger.giveBack(kind, amount));
    }

    /** Whether content costs nothing in any of them. If so, {@link #relyNoMore} takes it back. */
    boolean rely(Descriptor stored) {
        for (int i = 0; i < ledgers.size(); i++) {
            if (!ledgers.get(i).rely(stored)) {
                ledgers.subList(0, i).forEach(ledger -> ledger.relyNoMore(stored));
                return false;
            }
        }
        return true;
    }

    void relyNoMore(Descriptor stored) {
        ledgers.forEach(ledger -> ledger.relyNoMore(stored));
    }

    void contentCame(Descriptor stored, long reserved) {
        ledgers.forEach(ledger -> ledger.contentCame(stored, reserved));
    }

    void manifestCame() {
        ledgers.forEach(QuotaLedger::manifestCame);
    }

    void tagCame() {
        ledgers.forEach(QuotaLedger::tagCame);
    }

    void tagWent() {
        ledgers.forEach(QuotaLedger::tagWent);
    }

    void uploadBegan(UploadId id) {
        ledgers.forEach(ledger -> ledger.uploadBegan(id));
    }

    void upload(UploadId id, long bytes) {
        ledgers.forEach(ledger -> ledger.upload(id, bytes));
    }

    void uploadGrew(UploadId id, long bytes) {
        ledgers.forEach(ledger -> ledger.uploadGrew(id, bytes));
    }

    void becomesContent(UploadId id, boolean goesOn) {
        ledgers.forEach(ledger -> ledger.becomesContent(id, goesOn));
    }

    void uploadEnded(UploadId id) {
        ledgers.forEach(ledger -> ledger.uploadEnded(id));
    }

    void uploadCame(UploadId id, Descriptor stored) {
        ledgers.forEach(ledger -> ledger.uploadCame(id, stored));
    }

    private static RegistryException refusal(QuotaLedger ledger, Kind kind, long asked) {
        String what = kind == Kind.UPLOADS ? "upload sessions" : kind.name().toLowerCase(Locale.ROOT);
        long limit = ledger.limit(kind).orElse(Long.MAX_VALUE);
        long used = ledger.used(kind);
        String room = kind == Kind.UPLOADS
                ? "end or cancel one first"
                : "delete what is not needed" + (kind == Kind.BYTES ? ", and let garbage be removed" : "");
        return new RegistryException(
                ErrorCode.DENIED,
                "the quota of " + ledger.quota().repositories() + " is " + limit + " " + what + ", of which " + used
                        + " are used; " + asked + " more do not fit: " + room,
                Map.of(
                        "quota", ledger.quota().repositories().toString(),
                        "limited", what,
                        "limit", Long.toString(limit),
                        "used", Long.toString(used),
                        "asked", Long.toString(asked)));
    }
}
