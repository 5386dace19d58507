savedcmd_fs/btrfs/btrfs.o := ld -m elf_x86_64 -r -o fs/btrfs/btrfs.o @fs/btrfs/btrfs.mod
