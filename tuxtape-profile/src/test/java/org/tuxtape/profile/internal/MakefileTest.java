package org.tuxtape.profile.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a makefile's text sets, held against what GNU make 4.3 printed for the same text. */
class MakefileTest {
    private static final NameSet FILES = NameSet.of(List.of("drivers/a.c", "drivers/b.c", "drivers/sub/c.c", "top.mk"));

    private static Makefile read(String text) {
        Makefile makefile = new Makefile(
                MakeScope.of(Map.of("CONFIG_NET", "y", "CONFIG_EXT9", "m", "srctree", ".", "src", "drivers")),
                path -> path.equals("top.mk") ? Optional.of("INCLUDED := yes\n") : Optional.empty(),
                new SourceListing(FILES),
                new long[1]);
        makefile.read(text);
        return makefile;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "$(addprefix a/, x y)|a/x a/y",
                "$(addsuffix .o,x y)|x.o y.o",
                "$(filter %.o y,x.o y z)|x.o y",
                "$(filter-out %.o,x.o y z)|y z",
                "$(patsubst %.c,%.o,x.c y.S)|x.o y.S",
                "$(subst m,y,$(CONFIG_EXT9))|y",
                "$(words a b c) $(word 2,a b c) $(firstword a b) $(lastword a b)|3 b a b",
                "$(sort b a b)|a b",
                "$(if $(CONFIG_NET),yes,no)$(if $(CONFIG_X),yes,no)|yesno",
                "$(or $(CONFIG_X),$(CONFIG_NET))|y",
                "$(and $(CONFIG_EXT9),$(CONFIG_NET))|y",
                "$(foreach i,1 2,f$(i).o)|f1.o f2.o",
                "$(dir a/b c) $(notdir a/b c) $(basename a/b.c) $(suffix b.c)|a/ ./ b c a/b .c",
                "$(wildcard $(srctree)/$(src)/*.c)|./drivers/a.c ./drivers/b.c",
                "$(findstring b,abc)|b",
                "$(join a b,1 2)|a1 b2",
                "$(LIST:.o=.c)|x.c y.c",
                "$(LIST:%.o=d/%.c)|d/x.c d/y.c",
                "$(call reverse,1,2)|2 1",
                "$(strip  a   b )|a b",
                "$(unknown-function a)|''",
                "$$x|$x"
            })
    void functionsGiveWhatMakeGives(String expression, String value) {
        Makefile makefile = read("LIST = x.o y.o\nreverse = $(2) $(1)\nV := " + expression + "\n");

        assertThat(makefile.value("V")).isEqualTo(value);
    }

    @Test
    void assignmentsAreOfBothKindsAndAppend() {
        Makefile makefile = read("""
                LATER = $(X)
                NOW := $(X)
                X = 1
                X += 2
                X ?= 3
                Y ?= 4
                obj-$(CONFIG_NET) += a.o \\
                        b.o   # and a comment
                obj-$(CONFIG_EXT9) += c.o
                obj-$(CONFIG_OFF) += d.o
                """);

        assertThat(makefile.value("LATER")).isEqualTo("1 2");
        assertThat(makefile.value("NOW")).isEmpty();
        assertThat(makefile.value("Y")).isEqualTo("4");
        assertThat(MakeText.words(makefile.value("obj-y"))).containsExactly("a.o", "b.o");
        assertThat(makefile.value("obj-m")).isEqualTo("c.o");
        assertThat(makefile.value("obj-")).isEqualTo("d.o");
    }

    @Test
    void conditionalsChooseTheirLines() {
        Makefile makefile = read("""
                ifeq ($(CONFIG_NET),y)
                obj-y += a.o
                ifdef CONFIG_OFF
                obj-y += b.o
                else ifneq ($(CONFIG_EXT9),)
                obj-y += c.o
                else
                obj-y += d.o
                endif
                else
                obj-y += e.o
                ifeq "1" "1"
                obj-y += f.o
                endif
                endif
                ifndef CONFIG_OFF
                \tobj-y += g.o
                endif
                """);

        assertThat(MakeText.words(makefile.value("obj-y"))).containsExactly("a.o", "c.o", "g.o");
        assertThat(makefile.doubts()).isEmpty();
    }

    @Test
    void recipesAreNotRead() {
        Makefile makefile = read("""
                $(src)/made.c: gen FORCE
                \tobj-y := wrong.o
                ifeq (1,1)
                \tobj-y := wrong.o
                endif
                obj-y := right.o
                """);

        assertThat(makefile.value("obj-y")).isEqualTo("right.o");
        assertThat(makefile.madeSources()).containsExactly("drivers/made.c");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$(filter yes,$(U))",
                "$(filter $(U),yes)",
                "$(filter-out $(U),yes)",
                "$(filter-out y%,$(U))",
                "$(findstring yes,$(U))",
                "$(findstring $(U),yes)",
                "$(words $(U))",
                "$(word 2,$(U))",
                "$(word $(U),n y)",
                "$(wordlist 1,$(U),n y)",
                "$(firstword $(U) y)",
                "$(lastword n $(U))",
                "$(and $(U),y)",
                "$(and y,$(U))",
                "$(or $(U),y)",
                "$(if $(U),y,n)",
                "$(foreach i,$(U),y)",
                "$(call $(U),y)",
                "$(subst $(U),y,n)",
                "$(subst m,y,$(U))",
                "$(patsubst $(U),y,n)",
                "$(LIST:$(U)=y)",
                "$(dir $(U))",
                "$(notdir $(U))",
                "$(suffix $(U))",
                "$(basename $(U))",
                "$(addprefix $(U),y)",
                "$(join y,$(U))",
                "$(sort y $(U))",
                "$(wildcard $(U))",
                "$(origin $(U))",
                "$($(U))"
            })
    void whatIsMadeOfTheUnknownIsUnknown(String expression) {
        Makefile makefile = read("U := $(shell uname)\nLIST = x.o\nV := " + expression + "\n");

        assertThat(makefile.value("V")).contains(MakeExpander.UNKNOWN);
    }

    @Test
    void whatOnlyAShellKnowsIsADoubtAndNoAnswer() {
        Makefile makefile = read("""
                V := $(shell uname)
                ifeq ($(V),Linux)
                obj-y += a.o
                else
                CFLAGS += -x
                endif
                obj-y += b.o
                """);

        assertThat(makefile.value("obj-y")).isEqualTo("b.o");
        assertThat(makefile.doubts()).singleElement().asString().contains("obj-y += a.o");
    }

    @Test
    void flagsThatOnlyACompilerKnowsAreNoDoubt() {
        Makefile makefile = read("""
                ifneq ($(shell gcc -x),)
                CFLAGS_a.o += -x
                endif
                """);

        assertThat(makefile.doubts()).isEmpty();
    }

    @Test
    void filesAreIncludedAndEvalIsRead() {
        Makefile makefile = read("""
                include $(srctree)/top.mk
                -include gone.mk
                define add
                obj-y += $(1).o
                endef
                $(foreach n,a b,$(eval $(call add,$(n))))
                """);

        assertThat(makefile.value("INCLUDED")).isEqualTo("yes");
        assertThat(MakeText.words(makefile.value("obj-y"))).containsExactly("a.o", "b.o");
        assertThat(makefile.doubts()).isEmpty();
    }

    @Test
    void whatWasGivenNoMakefileChanges() {
        assertThat(read("CONFIG_NET := n\n").value("CONFIG_NET")).isEqualTo("y");
    }

    @ParameterizedTest
    @CsvSource({
        "X = $(X), $(X)",
        "'X = $(call X,$(1)a)', $(call X)",
        "'f = $(foreach i,1 2 3 4 5 6 7 8,$(call f))', $(call f)"
    })
    void whatExpandsWithoutEndIsStopped(String text, String use) {
        Makefile makefile = read(text + "\n");

        assertThatThrownBy(() -> makefile.read("V := " + use + "\n")).isInstanceOf(MakeExpander.TooMuch.class);
    }
}
