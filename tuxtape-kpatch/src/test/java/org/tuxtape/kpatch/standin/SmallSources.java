package org.tuxtape.kpatch.standin;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tuxtape.core.kernel.KernelRelease;

/** The files of the small tree: what the tools look at or change, and a little C of our own. */
final class SmallSources {
    private SmallSources() {}

    static Map<String, String> of(KernelRelease release, Path standIns) {
        Map<String, String> files = new LinkedHashMap<>(code());
        files.put("Makefile", makefile(release, standIns));
        files.put(".config", config(release));
        files.put("include/config/auto.conf", settings(release));
        files.put("include/config/kernel.release", release + "\n");
        files.put("include/generated/utsrelease.h", "#define UTS_RELEASE \"" + release + "\"\n");
        files.putAll(scripts(release));
        return files;
    }

    private static String makefile(KernelRelease release, Path standIns) {
        return """
                # SPDX-License-Identifier: GPL-2.0
                VERSION = %s
                PATCHLEVEL = %s
                SUBLEVEL = %s
                EXTRAVERSION =
                NAME = Small Tree

                LDFLAGS_vmlinux += --orphan-handling=$(CONFIG_LD_ORPHAN_WARN_LEVEL)

                vmlinux modules clean prepare modules_prepare olddefconfig syncconfig listnewconfig \\
                kernelversion kernelrelease: FORCE
                	@%s/lib/standin/kbuild $@

                # Else make would try to make this file itself from an object.
                Makefile: ;

                %%.o: FORCE
                	@%s/lib/standin/kbuild $@

                .PHONY: FORCE
                FORCE:
                """.formatted(
                        release.version().major(),
                        release.version().minor(),
                        release.version().stable(),
                        standIns,
                        standIns);
    }

    private static String config(KernelRelease release) {
        return """
                #
                # Automatically generated file; DO NOT EDIT.
                # Linux/x86 %s Kernel Configuration
                #
                # CONFIG_ATTIC is not set
                """.formatted(release.version()) + settings(release);
    }

    private static String settings(KernelRelease release) {
        return """
                CONFIG_CC_VERSION_TEXT="gcc %s"
                CONFIG_CC_IS_GCC=y
                CONFIG_GCC_VERSION=120200
                CONFIG_64BIT=y
                CONFIG_X86_64=y
                CONFIG_X86=y
                CONFIG_LOCALVERSION="%s"
                CONFIG_LD_ORPHAN_WARN=y
                CONFIG_LD_ORPHAN_WARN_LEVEL="error"
                CONFIG_SMP=y
                CONFIG_MODULES=y
                CONFIG_MODULE_UNLOAD=y
                CONFIG_KALLSYMS=y
                CONFIG_KALLSYMS_ALL=y
                CONFIG_FUNCTION_TRACER=y
                CONFIG_DYNAMIC_FTRACE=y
                CONFIG_UNWINDER_ORC=y
                CONFIG_HAVE_LIVEPATCH=y
                CONFIG_LIVEPATCH=y
                CONFIG_NET=y
                CONFIG_DEBUG_INFO=y
                CONFIG_DEBUG_INFO_DWARF5=y
                CONFIG_DEBUG_INFO_BTF=y
                CONFIG_PANTRY=m
                %s""".formatted(
                        StandIn.COMPILER,
                        release.suffix(),
                        release.equals(FakeTree.NEWER) ? "CONFIG_KLP_BUILD=y\nCONFIG_X86_KERNEL_IBT=y\n" : "");
    }

    private static Map<String, String> scripts(KernelRelease release) {
        return Map.of(
                "scripts/link-vmlinux.sh",
                """
                #!/bin/sh
                # The last step of the image.
                if is_enabled CONFIG_DEBUG_INFO_BTF; then
                	gen_btf vmlinux
                fi
                """,
                "scripts/Makefile.modfinal",
                """
                # The last step of each module.
                ifdef CONFIG_DEBUG_INFO_BTF_MODULES
                	+$(call if_changed,btf_ko)
                endif
                """,
                "scripts/setlocalversion",
                """
                #!/bin/sh
                # Says what comes after the version; knows nothing of --save-scmversion any more.
                test "$1" = --save-scmversion && exit 1
                echo "${KERNELVERSION}%s"
                """.formatted(release.suffix()));
    }

    static Map<String, String> code() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("include/linux/mailbox.h", """
                /* SPDX-License-Identifier: GPL-2.0 */
                struct parcel {
                	int weight;
                	int sender;
                };

                int mailbox_post(struct parcel *parcel);
                """);
        files.put("net/core/mailbox.c", """
                // SPDX-License-Identifier: GPL-2.0
                /*
                 * A mailbox that takes parcels.
                 */
                #include <linux/mailbox.h>

                static struct parcel last_parcel;

                static int mailbox_limit = 64;

                int mailbox_post(struct parcel *parcel)
                {
                	static int posted;

                	/* Heavy ones are taken too. */
                	posted++;
                	last_parcel = *parcel;
                	return posted;
                }
                EXPORT_SYMBOL_GPL(mailbox_post);

                int mailbox_weigh(const struct parcel *parcel)
                {
                	return parcel->weight;
                }

                int mailbox_room(int taken)
                {
                	return mailbox_limit - taken;
                }

                int notrace mailbox_peek(void)
                {
                	return last_parcel.weight;
                }

                static int __init mailbox_init(void)
                {
                	mailbox_limit = 128;
                	return 0;
                }
                """);
        files.put("include/linux/postman.h", """
                /* SPDX-License-Identifier: GPL-2.0 */
                struct postman {
                	int bags;
                };
                """);
        files.put("net/core/postman.c", """
                // SPDX-License-Identifier: GPL-2.0
                /* Carries what lies in the mailbox. */
                #include <linux/postman.h>

                int postman_load(const struct postman *postman)
                {
                	return postman->bags;
                }

                int postman_round(int houses)
                {
                	int bells = 0;

                	while (houses-- > 0)
                		bells += 2;
                	return bells;
                }

                int postman_rest(int minutes)
                {
                	return minutes;
                }
                """);
        files.put("net/core/Makefile", "# SPDX-License-Identifier: GPL-2.0\nobj-y := mailbox.o postman.o\n");
        files.put("fs/pantry/pantry.c", """
                // SPDX-License-Identifier: GPL-2.0
                /* Keeps jars, as a module. */

                static int pantry_take(int shelf)
                {
                	return shelf + 1;
                }

                static int pantry_count(int shelves)
                {
                	return shelves * 12;
                }
                MODULE_LICENSE("GPL");
                """);
        files.put("fs/pantry/Makefile", "# SPDX-License-Identifier: GPL-2.0\nobj-m := pantry.o\n");
        files.put("fs/attic/attic.c", """
                // SPDX-License-Identifier: GPL-2.0
                /* Nobody configured it. */

                int attic_climb(int steps)
                {
                	return steps;
                }
                """);
        files.put("fs/attic/Makefile", "# SPDX-License-Identifier: GPL-2.0\nobj-$(CONFIG_ATTIC) := attic.o\n");
        files.put("lib/ledger.c", """
                // SPDX-License-Identifier: GPL-2.0
                /* Adds up. */

                int ledger_sum(int one, int other)
                {
                	return one + other;
                }
                """);
        files.put("lib/Makefile", "# SPDX-License-Identifier: GPL-2.0\nobj-y := ledger.o\n");
        files.put("arch/x86/entry/gate.S", """
                /* SPDX-License-Identifier: GPL-2.0 */
                SYM_FUNC_START(gate_open)
                	xorl %eax, %eax
                	RET
                SYM_FUNC_END(gate_open)
                """);
        return files;
    }
}
