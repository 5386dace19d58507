savedcmd_fs/btrfs/scrub.o := gcc -Wp,-MMD,fs/btrfs/.scrub.o.d -nostdinc -I./include -D__KERNEL__ -O2 -DMODULE -c -o fs/btrfs/scrub.o fs/btrfs/scrub.c

source_fs/btrfs/scrub.o := fs/btrfs/scrub.c

deps_fs/btrfs/scrub.o := \
    $(wildcard include/config/SMP) \
  include/linux/kernel.h \

fs/btrfs/scrub.o: $(deps_fs/btrfs/scrub.o)

$(deps_fs/btrfs/scrub.o):
