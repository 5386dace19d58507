savedcmd_net/core/sock.o := gcc -Wp,-MMD,net/core/.sock.o.d -nostdinc -I./include -D__KERNEL__ -O2 -c -o net/core/sock.o net/core/sock.c

source_net/core/sock.o := net/core/sock.c

deps_net/core/sock.o := \
    $(wildcard include/config/SMP) \
  include/linux/kernel.h \

net/core/sock.o: $(deps_net/core/sock.o)

$(deps_net/core/sock.o):
