"""Virtual machines that do what they are asked, and the web server that they know."""
import os
import shutil
import subprocess
import time

from kernel import LAB, give_up
from servers import free_port, wait_for

LIMIT = 900  # seconds for what a machine is asked to do


class Machine:
    """A machine of the fleet. Everything that is known of it comes from itself."""

    def __init__(self, fleet, name, tag):
        self.fleet, self.name, self.tag = fleet, name, tag
        self.home = os.path.join(fleet.share, "nodes", name)
        self.asked = 0
        for folder in "in", "out", "var":
            os.makedirs(os.path.join(self.home, folder))
        os.chmod(os.path.join(self.home, "var"), 0o755)

    def boot(self):
        fleet = self.fleet
        fleet.servers.start(
            self.name, "qemu-system-x86_64", "-accel", "tcg,thread=multi", "-cpu", "max", "-smp", "2", "-m", "1000",
            "-nodefaults", "-display", "none", "-no-reboot", "-serial", f"file:{self.home}/console.log", "-monitor", "none",
            "-kernel", fleet.image, "-initrd", fleet.initramfs,
            "-append", f"console=ttyS0 loglevel=6 printk.time=1 panic=-1 reboot=t tuxtape.node={self.name}",
            "-netdev", "user,id=net,restrict=off", "-device", "e1000,netdev=net",
            "-fsdev", "local,id=host,path=/,security_model=none,readonly=on,multidevs=remap",
            "-device", "virtio-9p-pci,fsdev=host,mount_tag=host",
            "-fsdev", f"local,id=lab,path={fleet.share},security_model=none",
            "-device", "virtio-9p-pci,fsdev=lab,mount_tag=lab")

    def is_up(self):
        return os.path.exists(os.path.join(self.home, "up"))

    def begin(self, script):
        """A machine that is starved of processor time loses time, and has no network time; so it is told."""
        self.asked += 1
        script = f"date -u -s @{time.time():.0f} >/dev/null\n{script}"
        path = os.path.join(self.home, "in", str(self.asked))
        with open(path + ".tmp", "w", encoding="utf-8") as file:
            file.write(script)
        os.rename(path + ".tmp", path)

    def end(self):
        """The status and the output of what was begun."""
        out = os.path.join(self.home, "out", str(self.asked))
        wait_for(f"an answer of {self.name}, see {self.home}/console.log;", lambda: os.path.exists(out + ".status"), LIMIT)
        with open(out + ".status", encoding="utf-8") as status, open(out, encoding="utf-8", errors="replace") as text:
            return int(status.read()), text.read().strip()

    def ask(self, script):
        self.begin(script)
        return self.end()

    def livepatches(self):
        """What its own sysfs shows: a line for each livepatch."""
        return self.ask("""
            cd /sys/kernel/livepatch || exit
            for patch in */; do
                [[ -e $patch/enabled ]] || continue
                echo -n "${patch%/} enabled $(<$patch/enabled) transition $(<$patch/transition)"
                for object in "$patch"/*/patched; do
                    object=${object%/patched}
                    echo -n ", ${object##*/} patched $(<$object/patched)"
                done
                echo
            done""")[1].splitlines()

    def command(self, *more):
        """The agent's command line. What it gives beside its output: its peak of memory, and how long it took."""
        java = ["java", "-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData",
                "-p", "/tmp/app/classes:/tmp/app/modules", "-m", "org.tuxtape.examples/org.tuxtape.examples.Tuxtape"]
        web = f"http://10.0.2.2:{self.fleet.port}/"
        call = ["agent", "--archive", web, "--root", "/run/lab/root.json", "--reports", web + "reports/", "--node",
                self.name, "--store", f"/run/lab/nodes/{self.name}/var", "--deadline", "60s", "--for", "10s",
                "--every", "2s", "--probe", "'cat /proc/loadavg'", *(["--tag", self.tag] if self.tag else []), *more]
        return " ".join(java + call)

    def measured(self):
        return f"""
            begin=$(date +%s%N)
            {self.command()} >/tmp/said 2>&1 &
            agent=$!
            while [[ -e /proc/$agent/status ]]; do
                line=$(grep VmHWM /proc/$agent/status 2>/dev/null) && peak=$line
                sleep 0.1
            done
            wait $agent
            status=$?
            cat /tmp/said
            echo "peak $(echo $peak | tr -dc 0-9) KiB, $((($(date +%s%N) - begin) / 1000000)) ms"
            exit $status"""


class Fleet:
    """The share, the kernel, the web server, and the machines."""

    def __init__(self, servers, kernel, home, modules):
        self.servers = servers
        self.image = os.path.join(kernel.home, "bzImage")
        self.home = home
        self.share = os.path.join(home, "share")
        self.archive = os.path.join(home, "archive")
        self.signed = ["--archive", self.archive, "--key", os.path.join(home, "online.pem")]
        self.root = os.path.join(self.archive, "metadata", "1.root.json")
        self.reports = os.path.join(home, "web", "reports")
        self.initramfs = os.path.join(home, "initramfs.gz")
        self.port = free_port()
        for folder in self.share, self.reports, os.path.join(self.share, "modules"):
            os.makedirs(folder)
        shutil.copy(os.path.join(modules, "e1000.ko"), os.path.join(self.share, "modules"))
        shutil.copy(os.path.join(LAB, "fleet/session"), os.path.join(self.share, "session"))
        app = os.path.join(self.share, "app")
        built = os.path.join(os.path.dirname(LAB), "examples/target")
        for folder in "classes", "modules":
            shutil.copytree(os.path.join(built, folder), os.path.join(app, folder))
        self.make_initramfs()

    def make_initramfs(self):
        files = os.path.join(self.home, "initramfs")
        for folder in "bin", "host", "dev":
            os.makedirs(os.path.join(files, folder))
        shutil.copy(shutil.which("busybox"), os.path.join(files, "bin"))
        shutil.copy(os.path.join(LAB, "guest/init"), os.path.join(files, "init"))
        subprocess.run(f"cd '{files}' && find . | cpio -o -H newc --quiet | gzip -1 >'{self.initramfs}'", shell=True,
                       check=True)

    def serve(self):
        """nginx, as the distribution has it: the archive as plain files, and a place to PUT reports."""
        config = self.servers.write("nginx.conf", f"""\
daemon off;
master_process off;
user root;
pid {self.home}/nginx.pid;
error_log {self.home}/nginx.error.log;
events {{}}
http {{
  access_log {self.home}/access.log;
  client_body_temp_path {self.home}/web/body;
  proxy_temp_path {self.home}/web/proxy;
  fastcgi_temp_path {self.home}/web/fastcgi;
  uwsgi_temp_path {self.home}/web/uwsgi;
  scgi_temp_path {self.home}/web/scgi;
  server {{
    listen 127.0.0.1:{self.port};
    location / {{ root {self.archive}; }}
    location /reports/ {{
      root {self.home}/web;
      dav_methods PUT;
      client_max_body_size 32k;
      limit_except PUT {{ deny all; }}
    }}
  }}
}}
""")
        self.servers.start("nginx", shutil.which("nginx") or "/usr/sbin/nginx", "-c", config)
        wait_for("nginx", lambda: os.path.exists(os.path.join(self.home, "nginx.pid")))

    def requests(self):
        """What was asked for since the last call: pairs of request and bytes of the answer's body."""
        path = os.path.join(self.home, "access.log")
        with open(path, encoding="utf-8") as log:
            lines = log.read().splitlines()
        os.truncate(path, 0)
        return [(line.split('"')[1].rsplit(" ", 1)[0], int(line.split('"')[2].split()[1])) for line in lines]

    def await_all(self, machines):
        for machine in machines:
            wait_for(f"{machine.name}, see {machine.home}/console.log;", machine.is_up, 300)


def check(holds, what):
    if not holds:
        give_up(1, f"WRONG: {what}")
