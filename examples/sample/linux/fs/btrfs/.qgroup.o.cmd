savedcmd_fs/btrfs/qgroup.o := gcc -Wp,-MMD,fs/btrfs/.qgroup.o.d -nostdinc -I./include -D__KERNEL__ -O2 -DMODULE -c -o fs/btrfs/qgroup.o fs/btrfs/qgroup.c

source_fs/btrfs/qgroup.o := fs/btrfs/qgroup.c

deps_fs/btrfs/qgroup.o := \
    $(wildcard include/config/SMP) \
  include/linux/kernel.h \

fs/btrfs/qgroup.o: $(deps_fs/btrfs/qgroup.o)

$(deps_fs/btrfs/qgroup.o):
