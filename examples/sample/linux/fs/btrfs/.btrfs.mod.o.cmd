savedcmd_fs/btrfs/btrfs.mod.o := gcc -nostdinc -I./include -D__KERNEL__ -O2 -DMODULE -c -o fs/btrfs/btrfs.mod.o fs/btrfs/btrfs.mod.c

source_fs/btrfs/btrfs.mod.o := fs/btrfs/btrfs.mod.c

deps_fs/btrfs/btrfs.mod.o := \
  include/linux/kernel.h \

fs/btrfs/btrfs.mod.o: $(deps_fs/btrfs/btrfs.mod.o)

$(deps_fs/btrfs/btrfs.mod.o):
