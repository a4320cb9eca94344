package web

import (
	"os/exec"
	"syscall"
)

const noWindow = 0x08000000 // CREATE_NO_WINDOW of winbase.h

// alone keeps a helper from opening a console window; exec ends it by its handle.
func alone(command *exec.Cmd) {
	command.SysProcAttr = &syscall.SysProcAttr{CreationFlags: noWindow}
}
