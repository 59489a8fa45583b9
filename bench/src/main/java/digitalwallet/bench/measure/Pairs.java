package digitalwallet.bench.measure;

import java.util.ArrayList;
import java.util.List;

/** A measurement and its comparison, taken in turns, so that both see the same machine. */
public final class Pairs {

    /** One side of a pair; it warms up longer the first time. */
    public interface Side {
        Measured measure(int warmUpSeconds) throws Exception;
    }

    private final List<Measured> ours = new ArrayList<>();
    private final List<Measured> theirs = new ArrayList<>();

    private Pairs() {}

    public static Pairs of(BenchRun run, String what, int warmUpSeconds, Side ours, Side theirs)
            throws Exception {
        var pairs = new Pairs();
        for (int i = 0; i < run.pairs(); i++) {
            int warmUp = i == 0 ? warmUpSeconds : 1;
            var one = ours.measure(warmUp);
            var other = theirs.measure(warmUp);
            pairs.ours.add(one);
            pairs.theirs.add(other);
            run.say(
                    "%s: %s; compared with %s; ratio %.2f"
                            .formatted(what, one, other, one.perSecond() / other.perSecond()));
        }
        return pairs;
    }

    public Measured ours() {
        return Measured.median(ours);
    }

    Measured theirs() {
        return Measured.median(theirs);
    }

    /** The median of the pairs' ratios. */
    double ratio() {
        var ratios = new double[ours.size()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = ours.get(i).perSecond() / theirs.get(i).perSecond();
        }
        return Median.of(ratios);
    }

    /** The line of the table. */
    public Result atLeast(String bench, String what, String against, double bar) {
        return Result.atLeast(bench, what, ours().perSecond(), "/s", against, ratio(), bar)
                .withCpu(ours().cpu());
    }

    /** The line of the comparison itself. */
    public Result comparison(String bench, String what) {
        return Result.plain(bench, what, theirs().perSecond(), "/s").withCpu(theirs().cpu());
    }
}
