package org.tuxtape.core.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tuxtape.core.kernel.ConfigSymbol;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.kernel.KernelVersion;
import org.tuxtape.core.kernel.SourcePath;

class BuildProfileTest {
    private static final KernelBuild KERNEL = KernelBuild.of(KernelVersion.parse("6.8"));
    private static final SourcePath FILE = SourcePath.parse("fs/btrfs/inode.c");
    private static final ConfigSymbol OPTION = ConfigSymbol.parse("CONFIG_BTRFS_FS");

    @Test
    void theUnknownProfileNamesItsKernelAndAnswersUnknownToEverything() {
        BuildProfile unknown = BuildProfile.unknown(KERNEL);

        assertThat(unknown.kernel()).isEqualTo(KERNEL);
        assertThat(unknown.provenance()).isEqualTo("version only");
        assertThat(unknown.file(FILE)).isInstanceOf(FilePresence.Unknown.class);
        assertThat(unknown.function("btrfs_get_extent", FILE)).isInstanceOf(FunctionPresence.Unknown.class);
        assertThat(unknown.option(OPTION)).isEmpty();
    }

    @Test
    void aProfileUnderAnotherKernelDiffersInNothingElse() {
        BuildProfile profile = new BtrfsProfile();
        KernelBuild other = KernelBuild.of(KernelVersion.parse("6.8.12"));

        BuildProfile renamed = profile.as(other);

        assertThat(renamed.kernel()).isEqualTo(other);
        assertThat(renamed.provenance()).isEqualTo("a test, taken as 6.8.12");
        assertThat(renamed.file(FILE)).isEqualTo(profile.file(FILE));
        assertThat(renamed.function("f", FILE)).isEqualTo(profile.function("f", FILE));
        assertThat(renamed.option(OPTION)).contains(ConfigValue.MODULE);
        assertThat(profile.kernel()).isEqualTo(KERNEL);
    }

    @Test
    void aProfileHasAKernel() {
        assertThatNullPointerException().isThrownBy(() -> BuildProfile.unknown(null));
        assertThatNullPointerException().isThrownBy(() -> new BtrfsProfile().as(null));
    }

    @ParameterizedTest
    @CsvSource({"y, true", "m, true", "n, false", "'', false", "1000, false", "yes, false"})
    void anOptionIsEnabledIfItIsBuiltInOrAModule(String value, boolean enabled) {
        assertThat(new ConfigValue(value).isEnabled()).isEqualTo(enabled);
        assertThat(new ConfigValue(value)).hasToString(value);
    }

    private record BtrfsProfile() implements BuildProfile {
        private static final TreeSet<KernelObject> OBJECTS =
                new TreeSet<>(List.of(KernelObject.module("fs/btrfs/btrfs")));

        @Override
        public KernelBuild kernel() {
            return KERNEL;
        }

        @Override
        public String provenance() {
            return "a test";
        }

        @Override
        public FilePresence file(SourcePath path) {
            return new FilePresence.Compiled(OBJECTS);
        }

        @Override
        public FunctionPresence function(String name, SourcePath file) {
            return new FunctionPresence.Present(OBJECTS);
        }

        @Override
        public Optional<ConfigValue> option(ConfigSymbol symbol) {
            return Optional.of(ConfigValue.MODULE);
        }
    }
}
