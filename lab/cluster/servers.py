"""A Slurm of one node and an ssh server, on loopback, with everything that is theirs in one directory."""
import os
import shutil
import signal
import socket
import subprocess
import sys
import time

from kernel import give_up

HERE = os.path.dirname(os.path.realpath(__file__))
LIMIT = 30  # seconds until a server answers


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(what, holds, limit=LIMIT):
    end = time.monotonic() + limit
    while not holds():
        if time.monotonic() > end:
            give_up(1, f"{what} did not come in {limit} s")
        time.sleep(0.2)


def quiet(*command, **more):
    return subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          **more)


def children(pid):
    found = quiet("ps", "-o", "pid=", "--ppid", str(pid)).stdout.split()
    return [descendant for child in map(int, found) for descendant in (child, *children(child))]


class Servers:
    """Processes that this one started, and that end with it, whatever ends it."""

    def __init__(self, home):
        self.home = home
        self.running = {}
        shutil.rmtree(home, ignore_errors=True)
        os.makedirs(home, mode=0o700)

    def path(self, name):
        return os.path.join(self.home, name)

    def write(self, name, text, mode=0o600):
        with open(self.path(name), "w", encoding="utf-8", opener=lambda path, flags: os.open(path, flags, mode)) as file:
            file.write(text)
        return self.path(name)

    def start(self, name, *command):
        """A server in the foreground. When this process dies it gets a TERM, so that it ends in good order."""
        with open(self.path(f"{name}.out"), "a", encoding="utf-8") as out:
            self.running[name] = subprocess.Popen(["setpriv", "--pdeathsig", "TERM", *command], stdin=subprocess.DEVNULL,
                                                  stdout=out, stderr=out, start_new_session=True)

    def stop(self, name, how=signal.SIGTERM):
        """Ends a server and whom it started."""
        process = self.running.pop(name)
        family = children(process.pid)
        process.send_signal(how)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        for pid in family:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for name in reversed(list(self.running)):
            self.stop(name)


class Slurm:
    """munged, slurmctld and slurmd, with a key and sockets of their own."""

    def __init__(self, servers):
        self.servers = servers
        path = servers.path
        self.node = socket.gethostname().split(".")[0]
        with open(path("munge.key"), "wb", opener=lambda file, flags: os.open(file, flags, 0o600)) as key:
            key.write(os.urandom(128))
        os.mkdir(path("spool"))
        os.mkdir(path("state"))
        servers.write("cgroup.conf", "CgroupAutomount=no\nCgroupPlugin=cgroup/v1\n")
        self.config = servers.write("slurm.conf", f"""\
ClusterName=tuxtape
SlurmctldHost={self.node}(127.0.0.1)
SlurmctldPort={free_port()}
SlurmdPort={free_port()}
AuthType=auth/munge
AuthInfo=socket={path("munge.socket")}
CredType=cred/munge
SlurmUser=root
SlurmdUser=root
StateSaveLocation={path("state")}
SlurmdSpoolDir={path("spool")}
SlurmctldPidFile={path("slurmctld.pid")}
SlurmdPidFile={path("slurmd.pid")}
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
ReturnToService=2
# a job whose srun is gone ends, as does one whose node is
InactiveLimit=10
SlurmdTimeout=10
KillWait=3
NodeName={self.node} NodeAddr=127.0.0.1 CPUs={os.cpu_count()} State=UNKNOWN
PartitionName=build Nodes={self.node} Default=YES MaxTime=INFINITE State=UP
""")
        servers.start("munged", "munged", "--foreground", "--force", f"--key-file={path('munge.key')}",
                      f"--socket={path('munge.socket')}", f"--pid-file={path('munge.pid')}",
                      f"--log-file={path('munge.log')}", f"--seed-file={path('munge.seed')}")
        wait_for("munge's socket", lambda: os.path.exists(path("munge.socket")))
        servers.start("slurmctld", *self.environment(), "slurmctld", "-D", "-f", self.config)
        self.start_node()

    def environment(self):
        return ["env", f"SLURM_CONF={self.config}"]

    def start_node(self):
        self.servers.start("slurmd", *self.environment(), "slurmd", "-D", "-f", self.config)
        wait_for("an idle node", lambda: self.ask("sinfo", "-h", "-o", "%T").startswith(("idle", "mixed")))

    def ask(self, *command):
        return quiet(*self.environment(), *command).stdout

    def jobs(self):
        return self.ask("squeue", "-h").split()

    def wrapper(self):
        # quiet, since what srun says of its queue would be taken for the tool's word; and what the job gets of the
        # environment is not the variable by which processes of this machine are found
        return [*self.environment(), "srun", "--quiet", "-n1", f"-c{os.cpu_count()}", "--export=PATH,HOME,LANG,LC_ALL,CACHEDIR"]

    def lose_node(self):
        """The node is gone, as after a power cut: its daemon, and what it runs."""
        self.servers.stop("slurmd", signal.SIGKILL)
        self.kill_steps()

    def kill_steps(self):
        for pid in self.steps():
            for each in (*children(pid), pid):
                try:
                    os.kill(each, signal.SIGKILL)
                except ProcessLookupError:
                    pass

    def steps(self):
        """The daemons of running steps of this cluster; they are nobody's children."""
        for pid in filter(str.isdigit, os.listdir("/proc")):
            try:
                with open(f"/proc/{pid}/cmdline", "rb") as line, open(f"/proc/{pid}/environ", "rb") as environ:
                    if b"slurmstepd" in line.read() and os.fsencode(f"SLURM_CONF={self.config}") in environ.read():
                        yield int(pid)
            except OSError:
                continue


class Ssh:
    """An sshd and a client that know only each other."""

    def __init__(self, servers):
        self.servers = servers
        path = servers.path
        for key in "host_key", "client_key":
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", key, "-f", path(key)], check=True)
        with open(path("host_key.pub"), encoding="utf-8") as key:
            host_key = " ".join(key.read().split()[:2])
        self.port = free_port()
        servers.write("known_hosts", f"[127.0.0.1]:{self.port} {host_key}\n")
        self.server_config = servers.write("sshd_config", f"""\
ListenAddress 127.0.0.1
Port {self.port}
HostKey {path("host_key")}
AuthorizedKeysFile {path("client_key.pub")}
PidFile {path("sshd.pid")}
AuthenticationMethods publickey
PermitRootLogin prohibit-password
StrictModes no
UsePAM no
ClientAliveInterval 5
""")
        self.client_config = servers.write("ssh_config", f"""\
Host build-node
  HostName 127.0.0.1
  Port {self.port}
  User root
  IdentityFile {path("client_key")}
  IdentitiesOnly yes
  UserKnownHostsFile {path("known_hosts")}
  GlobalKnownHostsFile /dev/null
  StrictHostKeyChecking yes
  BatchMode yes
  ServerAliveInterval 5
""")
        os.makedirs("/run/sshd", exist_ok=True)  # sshd's own, compiled in
        self.start()

    def start(self):
        self.servers.start("sshd", shutil.which("sshd") or "/usr/sbin/sshd", "-D", "-e", "-f", self.server_config)
        wait_for("the ssh server", lambda: quiet("ssh", "-F", self.client_config, "build-node", "true").returncode == 0)

    def wrapper(self):
        over = os.path.join(HERE, "../../examples/cluster/over")
        return [os.path.realpath(over), "ssh", "-F", self.client_config, "build-node", "::"]

    def lose_node(self):
        """The server is gone with the processes that serve connections; what these started is not asked."""
        process = self.servers.running["sshd"]
        for pid in children(process.pid):
            try:
                with open(f"/proc/{pid}/comm", encoding="utf-8") as name:
                    if name.read().strip() == "sshd":
                        os.kill(pid, signal.SIGKILL)
            except OSError:
                pass  # it has ended by itself
        self.servers.stop("sshd", signal.SIGKILL)

    def start_node(self):
        self.start()

    def jobs(self):
        """Whoever a connection has."""
        return [pid for pid in children(self.servers.running["sshd"].pid)]


def end_on_signals():
    """A signal ends the build that is waited for, and is an exception, so that all that was started is ended."""
    def end(number, frame):
        for pid in children(os.getpid()):
            os.kill(pid, signal.SIGINT)
        sys.exit(1)

    for number in signal.SIGTERM, signal.SIGHUP:
        signal.signal(number, end)
