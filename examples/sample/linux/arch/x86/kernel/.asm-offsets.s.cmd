savedcmd_arch/x86/kernel/asm-offsets.s := gcc -nostdinc -I./include -D__KERNEL__ -O2 -S -o arch/x86/kernel/asm-offsets.s arch/x86/kernel/asm-offsets.c

source_arch/x86/kernel/asm-offsets.s := arch/x86/kernel/asm-offsets.c

deps_arch/x86/kernel/asm-offsets.s := \
  include/linux/kernel.h \

arch/x86/kernel/asm-offsets.s: $(deps_arch/x86/kernel/asm-offsets.s)

$(deps_arch/x86/kernel/asm-offsets.s):
