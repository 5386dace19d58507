package org.tuxtape.testkit.contract;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/** What came out of a contract's tests, by their display names. */
record ContractRun(Set<String> passed, Map<String, String> failed, Map<String, String> aborted) {

    static ContractRun of(Class<?> contractTest) {
        Events tests = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(contractTest))
                .execute()
                .testEvents();
        return new ContractRun(
                new TreeSet<>(tests.succeeded().map(ContractRun::name).toList()),
                messages(tests.failed().list()),
                messages(tests.aborted().list()));
    }

    private static String name(Event event) {
        return event.getTestDescriptor().getDisplayName();
    }

    private static Map<String, String> messages(List<Event> events) {
        Map<String, String> messages = new LinkedHashMap<>();
        for (Event event : events) {
            String message = event.getRequiredPayload(TestExecutionResult.class)
                    .getThrowable()
                    .map(Throwable::toString)
                    .orElse("");
            messages.put(name(event), message);
        }
        return messages;
    }

    Set<String> all() {
        Set<String> all = new TreeSet<>(passed);
        all.addAll(failed.keySet());
        all.addAll(aborted.keySet());
        return all;
    }
}
