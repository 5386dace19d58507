fs/btrfs/inode.o
fs/btrfs/qgroup.o
fs/btrfs/scrub.o
