package org.tuxtape.archive.rollout;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.tuxtape.core.text.Stanza;

/** The text form of a policy: a stanza for the whole, and one for each ring, promotion and withdrawal. */
final class PolicyText {
    private static final String FORMAT = "tuxtape-rollout-policy 1";
    private static final String TAG = "tag ";
    private static final String SHARE = "share ";

    private PolicyText() {}

    static String write(RolloutPolicy policy) {
        StringJoiner text = new StringJoiner("\n");
        text.add(Stanza.empty()
                .with("Format", FORMAT)
                .with("Salt", policy.salt())
                .toString());
        policy.rings().forEach(ring -> text.add(ring(ring).toString()));
        policy.promotions()
                .values()
                .forEach(promotion -> text.add(promotion(promotion).toString()));
        policy.withdrawals()
                .values()
                .forEach(withdrawal -> text.add(withdrawal(withdrawal).toString()));
        return text.toString();
    }

    private static Stanza ring(Ring ring) {
        StopConditions stop = ring.stop();
        return Stanza.empty()
                .with("Ring", ring.name())
                .with("Members", text(ring.membership()))
                .with("Soak", ring.soak().toString())
                .with("Failures", Integer.toString(stop.failures()))
                .with("Failure-Share", stop.failureShare().toString())
                .with("Unpatched-Share", stop.unpatchedShare().toString())
                .with("Least-Patched", Integer.toString(stop.leastPatched()))
                .with("Silence", stop.silence().toString());
    }

    private static Stanza promotion(Promotion promotion) {
        return Stanza.empty()
                .with("Promoted", promotion.patch().toText())
                .with("To", promotion.ring())
                .with("Since", promotion.since().toString())
                .with("Started", promotion.started().toString())
                .with("By", promotion.by())
                .with("Why", promotion.why());
    }

    private static Stanza withdrawal(Withdrawal withdrawal) {
        return Stanza.empty()
                .with("Withdrawn", withdrawal.patch().toText())
                .with("At", withdrawal.at().toString())
                .with("By", withdrawal.by())
                .with("Why", withdrawal.why());
    }

    static RolloutPolicy read(String text) {
        if (text.length() > RolloutPolicy.LONGEST_TEXT) {
            throw new IllegalArgumentException("A policy is no longer than " + RolloutPolicy.LONGEST_TEXT + ".");
        }
        List<Stanza> stanzas = Stanza.parseAll(text);
        if (stanzas.isEmpty() || !stanzas.get(0).required("Format").equals(FORMAT)) {
            throw new IllegalArgumentException("It does not begin with 'Format: " + FORMAT + "'.");
        }
        List<Ring> rings = new ArrayList<>();
        SortedMap<String, Promotion> promotions = new TreeMap<>();
        SortedMap<String, Withdrawal> withdrawals = new TreeMap<>();
        for (Stanza stanza : stanzas.subList(1, stanzas.size())) {
            if (stanza.optional("Ring").isPresent()) {
                rings.add(ring(stanza));
            } else if (stanza.optional("Promoted").isPresent()) {
                Promotion promotion = promotion(stanza);
                requireNew(promotions.put(promotion.patch().sha256(), promotion) == null, promotion.patch());
            } else {
                Withdrawal withdrawal = withdrawal(stanza);
                requireNew(withdrawals.put(withdrawal.patch().sha256(), withdrawal) == null, withdrawal.patch());
            }
        }
        return new RolloutPolicy(stanzas.get(0).required("Salt"), rings, promotions, withdrawals);
    }

    private static void requireNew(boolean isNew, PatchRef patch) {
        if (!isNew) {
            throw new IllegalArgumentException("The policy promotes or withdraws " + patch + " twice.");
        }
    }

    private static Ring ring(Stanza stanza) {
        StopConditions stop = new StopConditions(
                Integer.parseInt(stanza.required("Failures")),
                Share.parse(stanza.required("Failure-Share")),
                Share.parse(stanza.required("Unpatched-Share")),
                Integer.parseInt(stanza.required("Least-Patched")),
                Times.duration(stanza.required("Silence")));
        return new Ring(
                stanza.required("Ring"),
                membership(stanza.required("Members")),
                Times.duration(stanza.required("Soak")),
                stop);
    }

    private static Membership membership(String text) {
        if (text.startsWith(TAG)) {
            return new Membership.Tagged(text.substring(TAG.length()));
        }
        if (text.startsWith(SHARE)) {
            return new Membership.Portion(Share.parse(text.substring(SHARE.length())));
        }
        throw new IllegalArgumentException("Not how a node falls into a ring: '" + Line.of(text, 200) + "'.");
    }

    private static String text(Membership membership) {
        if (membership instanceof Membership.Tagged tagged) {
            return TAG + tagged.tag();
        }
        return SHARE + ((Membership.Portion) membership).share();
    }

    private static Promotion promotion(Stanza stanza) {
        return new Promotion(
                PatchRef.parse(stanza.required("Promoted")),
                stanza.required("To"),
                Times.instant(stanza.required("Since")),
                Times.instant(stanza.required("Started")),
                stanza.required("By"),
                stanza.required("Why"));
    }

    private static Withdrawal withdrawal(Stanza stanza) {
        Instant at = Times.instant(stanza.required("At"));
        return new Withdrawal(
                PatchRef.parse(stanza.required("Withdrawn")), at, stanza.required("By"), stanza.required("Why"));
    }
}
