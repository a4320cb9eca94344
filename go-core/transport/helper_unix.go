//go:build unix

package transport

import (
	"os/exec"
	"syscall"
)

// isolate starts the helper in a process group of its own, so that canceling it also ends its children.
func isolate(command *exec.Cmd) {
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	command.Cancel = func() error { return syscall.Kill(-command.Process.Pid, syscall.SIGKILL) }
}
