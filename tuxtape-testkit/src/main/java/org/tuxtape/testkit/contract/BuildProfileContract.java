package org.tuxtape.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.tuxtape.core.kernel.ConfigSymbol;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.core.profile.BuildProfile;
import org.tuxtape.core.profile.ConfigValue;
import org.tuxtape.core.profile.FilePresence;
import org.tuxtape.core.profile.FunctionPresence;

/**
 * The rules of {@link BuildProfile} as tests.
 *
 * <pre>{@code
 * final class KbuildTreeTest extends BuildProfileContract {
 *     @Override
 *     protected BuildProfileSubject subject() {
 *         return BuildProfileSubject.of(KbuildTree.read(TREE))
 *                 .compiled("kernel/fork.c", "fs/ext4/super.c")
 *                 .included("include/linux/sched.h")
 *                 .absent("fs/btrfs/super.c")
 *                 .option("CONFIG_EXT4_FS", "m");
 *     }
 * }
 * }</pre>
 *
 * @since 0.1
 */
public abstract class BuildProfileContract {
    private static final ConfigSymbol NO_SUCH_OPTION = new ConfigSymbol("TUXTAPE_NO_SUCH_OPTION");

    /** Creates the test. */
    protected BuildProfileContract() {}

    /**
     * Returns what is to be tested; called by each test anew, after the set-up methods of the subclass.
     *
     * @return the subject
     */
    protected abstract BuildProfileSubject subject();

    @Test
    @DisplayName("BP-1 equal questions get equal answers, whatever was asked before")
    final void bp1_equalQuestionsGetEqualAnswers() {
        repetition().again();
    }

    @Test
    @DisplayName("BP-1 the order of the questions does not matter")
    final void bp1_theOrderOfTheQuestionsDoesNotMatter() {
        repetition().inAnotherOrder();
    }

    @Test
    @DisplayName("BP-1 the thread does not matter")
    final void bp1_theThreadDoesNotMatter() throws InterruptedException, ExecutionException {
        repetition().bySeveralThreads();
    }

    private Repetition<Function<BuildProfile, Object>> repetition() {
        BuildProfileSubject subject = subject();
        BuildProfile profile = subject.profile();
        return new Repetition<>(() -> questions(subject), question -> question.apply(profile));
    }

    private static List<Function<BuildProfile, Object>> questions(BuildProfileSubject subject) {
        List<Function<BuildProfile, Object>> questions = new ArrayList<>();
        questions.add(BuildProfile::kernel);
        questions.add(BuildProfile::provenance);
        List<SourcePath> paths = new ArrayList<>(subject.examples());
        paths.addAll(subject.notInSource());
        paths.addAll(Oddities.paths());
        for (SourcePath path : paths) {
            questions.add(profile -> profile.file(new SourcePath(path.text())));
            questions.add(profile -> profile.function("main", path));
        }
        for (ConfigSymbol symbol : Oddities.symbols()) {
            questions.add(profile -> profile.option(new ConfigSymbol(symbol.name())));
        }
        return questions;
    }

    @Test
    @DisplayName("BP-2 a path that the source does not have is unknown")
    final void bp2_aPathThatTheSourceDoesNotHaveIsUnknown() {
        BuildProfileSubject subject = subject();
        for (SourcePath path : subject.notInSource()) {
            assertThat(subject.profile().file(path)).as("%s", path).isInstanceOf(FilePresence.Unknown.class);
        }
    }

    @Test
    @DisplayName("BP-2 a file that the build left out is absent")
    final void bp2_aFileThatTheBuildLeftOutIsAbsent() {
        BuildProfileSubject subject = subject();
        for (SourcePath path : subject.absentOrAbort()) {
            assertThat(subject.profile().file(path)).as("%s", path).isInstanceOf(FilePresence.Absent.class);
        }
    }

    @Test
    @DisplayName("BP-2 a function that nobody wrote is unknown")
    final void bp2_aFunctionThatNobodyWroteIsUnknown() {
        BuildProfileSubject subject = subject();
        for (SourcePath path : subject.notInSource()) {
            assertThat(subject.profile().function("tuxtape_no_such_function", path))
                    .as("%s", path)
                    .isInstanceOf(FunctionPresence.Unknown.class);
        }
    }

    @Test
    @DisplayName("BP-3 a file that is compiled for itself is compiled")
    final void bp3_aFileThatIsCompiledForItselfIsCompiled() {
        BuildProfileSubject subject = subject();
        for (SourcePath path : subject.compiledOrAbort()) {
            assertThat(subject.profile().file(path)).as("%s", path).isInstanceOf(FilePresence.Compiled.class);
        }
    }

    @Test
    @DisplayName("BP-3 a file that is only included is included, by units that are compiled")
    final void bp3_aFileThatIsOnlyIncludedIsIncluded() {
        BuildProfileSubject subject = subject();
        for (SourcePath path : subject.includedOrAbort()) {
            FilePresence presence = subject.profile().file(path);
            assertThat(presence).as("%s", path).isInstanceOfSatisfying(FilePresence.Included.class, included -> {
                for (SourcePath unit : included.units()) {
                    assertThat(subject.profile().file(unit))
                            .as("%s, which includes %s", unit, path)
                            .isInstanceOf(FilePresence.Compiled.class);
                }
            });
        }
    }

    @Test
    @DisplayName("BP-4 an option of a known configuration has its value")
    final void bp4_anOptionOfAKnownConfigurationHasItsValue() {
        BuildProfileSubject subject = subject();
        BuildProfileSubject.Option option = subject.optionOrAbort();
        assertThat(subject.profile().option(option.symbol())).contains(option.value());
    }

    @Test
    @DisplayName("BP-4 an option that a known configuration does not name is no")
    final void bp4_anOptionThatAKnownConfigurationDoesNotNameIsNo() {
        BuildProfileSubject subject = subject();
        subject.optionOrAbort();
        assertThat(subject.profile().option(NO_SUCH_OPTION)).contains(ConfigValue.NO);
    }

    @Test
    @DisplayName("BP-4 every option of an unknown configuration is empty")
    final void bp4_everyOptionOfAnUnknownConfigurationIsEmpty() {
        BuildProfileSubject subject = subject();
        subject.abortUnlessConfigIsUnknown();
        for (ConfigSymbol symbol : List.of(NO_SUCH_OPTION, new ConfigSymbol("MODULES"), new ConfigSymbol("64BIT"))) {
            Optional<ConfigValue> value = subject.profile().option(symbol);
            assertThat(value).as("%s", symbol).isEmpty();
        }
    }

    @Test
    @DisplayName("BP-5 no path makes a question throw")
    final void bp5_noPathMakesAQuestionThrow() {
        BuildProfile profile = subject().profile();
        for (SourcePath path : Oddities.paths()) {
            assertAnswered(() -> profile.file(path));
        }
    }

    @Test
    @DisplayName("BP-5 no function name makes a question throw")
    final void bp5_noFunctionNameMakesAQuestionThrow() {
        BuildProfile profile = subject().profile();
        for (String function : Oddities.functions()) {
            for (SourcePath path : Oddities.paths()) {
                assertAnswered(() -> profile.function(function, path));
            }
        }
    }

    @Test
    @DisplayName("BP-5 no symbol makes a question throw")
    final void bp5_noSymbolMakesAQuestionThrow() {
        BuildProfile profile = subject().profile();
        for (ConfigSymbol symbol : Oddities.symbols()) {
            assertAnswered(() -> profile.option(symbol));
        }
    }

    private static void assertAnswered(Supplier<?> question) {
        assertThatCode(() -> assertThat((Object) question.get()).isNotNull()).doesNotThrowAnyException();
    }
}
