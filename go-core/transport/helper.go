package transport

import (
	"context"
	"encoding/json"
	"errors"
	"os/exec"
	"regexp"
	"strings"
	"time"

	"oras.land/oras-go/v2/registry/remote/auth"

	"github.com/stowage/stowage/go-core/errkind"
	"github.com/stowage/stowage/go-core/messages"
)

const (
	helperPrefix    = "docker-credential-"
	maxHelperAnswer = 64 << 10
	maxHelperError  = 4 << 10
)

// Constants of the protocol of github.com/docker/docker-credential-helpers: the argument is "get", the server
// is written to stdin, and a helper that fails writes the reason to stdout.
const (
	tokenUser    = "<token>" // as the user name: the secret is a token
	notFoundText = "credentials not found in native keychain"
)

// helperName allows names only: a configuration file must not run a program by its path.
var helperName = regexp.MustCompile(`^[A-Za-z0-9._-]+$`)

// runHelper runs a credential helper and returns its credential. It replaces the function of oras-go, which
// lets the helper write to the stderr of this process and waits without a limit for processes that the helper
// started.
func runHelper(ctx context.Context, suffix, server, config string, limit time.Duration) (auth.Credential, error) {
	name := helperPrefix + suffix
	broken := func(reason string) (auth.Credential, error) {
		return auth.EmptyCredential, errkind.New(errkind.Unauthorized, messages.HelperFailed(name, config, server, reason))
	}
	if !helperName.MatchString(suffix) {
		return broken(messages.BadHelperName())
	}
	limited, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	command := exec.CommandContext(limited, name, "get")
	command.Stdin = strings.NewReader(server)
	stdout, stderr := &headBuffer{limit: maxHelperAnswer}, &headBuffer{limit: maxHelperError}
	command.Stdout, command.Stderr = stdout, stderr
	command.WaitDelay = time.Second // a child of the helper may keep the pipes open
	isolate(command)
	err := command.Run()
	output := strings.TrimSpace(string(stdout.bytes))
	switch {
	case ctx.Err() != nil:
		return auth.EmptyCredential, ctx.Err()
	case errors.Is(limited.Err(), context.DeadlineExceeded) && err != nil:
		return broken(messages.HelperTimeout(limit))
	case errors.Is(err, exec.ErrNotFound):
		return broken(messages.HelperMissing())
	case err != nil && output == notFoundText:
		return auth.EmptyCredential, nil
	case err != nil:
		return broken(messages.HelperExit(err.Error(), failureReason(string(stderr.bytes), output)))
	}
	var read struct{ Username, Secret string }
	if json.Unmarshal([]byte(output), &read) != nil {
		return broken(messages.HelperNotJSON())
	}
	if read.Username == tokenUser {
		return auth.Credential{RefreshToken: read.Secret}, nil
	}
	return auth.Credential{Username: read.Username, Password: read.Secret}, nil
}

// failureReason returns what a failed helper wrote to stderr, or else to stdout. A stdout that looks like a
// JSON answer is left out, because it would contain the secret.
func failureReason(stderr, stdout string) string {
	if strings.TrimSpace(stderr) == "" && !strings.HasPrefix(stdout, "{") {
		return stdout
	}
	return stderr
}

// headBuffer is a writer that keeps the first bytes and drops the others.
type headBuffer struct {
	bytes []byte
	limit int
}

func (h *headBuffer) Write(p []byte) (int, error) {
	h.bytes = append(h.bytes, p[:min(len(p), h.limit-len(h.bytes))]...)
	return len(p), nil
}
