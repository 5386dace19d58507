savedcmd_vmlinux := scripts/link-vmlinux.sh "ld" "-m elf_x86_64"
