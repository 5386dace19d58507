package org.tuxtape.livepatch.sysfs.internal.plan;

import java.util.ArrayList;
import java.util.List;
import org.tuxtape.core.livepatch.LoadPlan.Cause;
import org.tuxtape.core.livepatch.LoadPlan.Obstacle;

/** What a pre-flight finds on its way, in the order in which it is found. For one thread. */
final class Findings {
    private final List<Obstacle> obstacles = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();

    void obstacle(Obstacle obstacle) {
        obstacles.add(obstacle);
    }

    void obstacle(Cause cause, String errno, String reason) {
        obstacles.add(new Obstacle(cause, errno, reason));
    }

    void remark(String remark) {
        remarks.add(remark);
    }

    List<Obstacle> obstacles() {
        return List.copyOf(obstacles);
    }

    List<String> remarks() {
        return List.copyOf(remarks);
    }
}
