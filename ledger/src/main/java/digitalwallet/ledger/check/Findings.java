package digitalwallet.ledger.check;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What a check examined and found, rule by rule; shared by the threads of one check. */
final class Findings {

    /** So many violations of a rule are named; the rest are counted. */
    private static final int NAMED_MAX = 20;

    private static final class Finding {
        private long examined;
        private long violated;
        private final List<String> named = new ArrayList<>();
    }

    private final Map<Rule, Finding> findings = new EnumMap<>(Rule.class);

    /** So many rows were examined for a rule. */
    synchronized void examined(Rule rule, long count) {
        of(rule).examined += count;
    }

    /** One row violates a rule. */
    synchronized void violated(Rule rule, String sentence) {
        var finding = of(rule);
        finding.violated++;
        if (finding.named.size() < NAMED_MAX) {
            finding.named.add(sentence);
        }
    }

    synchronized boolean isClean() {
        return findings.values().stream().allMatch(finding -> finding.violated == 0);
    }

    /** How many rows were examined for a rule so far. */
    synchronized long examined(Rule rule) {
        return of(rule).examined;
    }

    /** How many rows violate a rule so far. */
    synchronized long violations(Rule rule) {
        return of(rule).violated;
    }

    synchronized List<CheckReport.Check> checks() {
        var checks = new ArrayList<CheckReport.Check>();
        findings.forEach(
                (rule, finding) ->
                        checks.add(
                                new CheckReport.Check(
                                        rule.word(),
                                        finding.violated == 0,
                                        finding.examined,
                                        finding.violated,
                                        List.copyOf(finding.named))));
        return List.copyOf(checks);
    }

    private Finding of(Rule rule) {
        return findings.computeIfAbsent(rule, _ -> new Finding());
    }
}
