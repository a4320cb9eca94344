package transport

import (
	"os/exec"
	"syscall"
)

const noWindow = 0x08000000 // CREATE_NO_WINDOW of winbase.h

// isolate prevents the helper from opening a console window. On cancel, os/exec ends it by its handle.
func isolate(command *exec.Cmd) {
	command.SysProcAttr = &syscall.SysProcAttr{CreationFlags: noWindow}
}
