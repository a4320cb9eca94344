//go:build unix

package web

import (
	"os/exec"
	"syscall"
)

// alone gives a helper a process group of its own, so that what it starts ends with it.
func alone(command *exec.Cmd) {
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	command.Cancel = func() error { return syscall.Kill(-command.Process.Pid, syscall.SIGKILL) }
}
