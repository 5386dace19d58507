package org.tuxtape.testkit.contract;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Asks the same questions in several ways, and wants the same answers. An exception counts as an answer here: whether
 * there may be one is the business of another rule.
 *
 * @param <Q> a question
 */
final class Repetition<Q> {
    private static final int THREADS = 4;
    private static final long SEED = 1;

    private final Supplier<List<Q>> questions;
    private final Function<Q, ?> subject;

    /** The questions are made anew for each round, so that equal ones are not the same objects. */
    Repetition(Supplier<List<Q>> questions, Function<Q, ?> subject) {
        this.questions = questions;
        this.subject = subject;
    }

    void again() {
        assertEqual(ask(order -> {}), ask(order -> {}), "when asked again");
    }

    void inAnotherOrder() {
        assertEqual(ask(order -> {}), ask(shuffling(SEED)), "in another order");
    }

    void bySeveralThreads() throws InterruptedException, ExecutionException {
        List<Object> expected = ask(order -> {});
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<List<Object>>> rounds = IntStream.range(0, THREADS)
                    .<Callable<List<Object>>>mapToObj(seed -> () -> ask(shuffling(seed)))
                    .toList();
            for (Future<List<Object>> answers : threads.invokeAll(rounds)) {
                assertEqual(expected, answers.get(), "by another thread");
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static Consumer<List<Integer>> shuffling(long seed) {
        return order -> Collections.shuffle(order, new Random(seed));
    }

    /** Returns the answers in the order of the questions, in whatever order those are asked. */
    private List<Object> ask(Consumer<List<Integer>> reorder) {
        List<Q> fresh = questions.get();
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, fresh.size()).boxed().toList());
        reorder.accept(order);
        Object[] answers = new Object[fresh.size()];
        order.forEach(number -> answers[number] = answer(fresh.get(number)));
        return List.of(answers);
    }

    private Object answer(Q question) {
        try {
            return Objects.requireNonNullElse(subject.apply(question), "null");
        } catch (RuntimeException e) {
            return e.getClass();
        }
    }

    private static void assertEqual(List<Object> expected, List<Object> actual, String how) {
        for (int i = 0; i < expected.size(); i++) {
            if (!expected.get(i).equals(actual.get(i))) {
                throw new AssertionError("Question " + i + " was answered by " + expected.get(i) + ", and " + how
                        + " by " + actual.get(i) + ".");
            }
        }
    }
}
