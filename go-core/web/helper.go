package web

import (
	"context"
	"encoding/json"
	"errors"
	"os/exec"
	"regexp"
	"strings"
	"time"

	"oras.land/oras-go/v2/registry/remote/auth"

	"github.com/stowage/stowage/go-core/fail"
	"github.com/stowage/stowage/go-core/messages"
)

const (
	helperPrefix = "docker-credential-"
	maxAnswer    = 64 << 10
	maxComplaint = 4 << 10
)

// The protocol is that of docker/docker-credential-helpers: "get" with the server on stdin; on failure the
// reason is on stdout. A user name of this form marks the secret as a token.
const (
	tokenUser = "<token>"
	notInIt   = "credentials not found in native keychain"
)

// helperName keeps a configuration file from naming a path.
var helperName = regexp.MustCompile(`^[A-Za-z0-9._-]+$`)

// askHelper runs a credential helper. Its own code and not oras-go's, which gives the helper this process's
// stderr, and waits for ever for whatever the helper leaves running.
func askHelper(ctx context.Context, suffix, server, config string, limit time.Duration) (auth.Credential, error) {
	name := helperPrefix + suffix
	broken := func(reason string) (auth.Credential, error) {
		return auth.EmptyCredential, fail.New(fail.Unauthorized, messages.HelperFailed(name, config, server, reason))
	}
	if !helperName.MatchString(suffix) {
		return broken(messages.BadHelperName())
	}
	limited, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	command := exec.CommandContext(limited, name, "get")
	command.Stdin = strings.NewReader(server)
	answer, complaint := &head{most: maxAnswer}, &head{most: maxComplaint}
	command.Stdout, command.Stderr = answer, complaint
	command.WaitDelay = time.Second // for whoever else holds its pipes
	alone(command)
	err := command.Run()
	said := strings.TrimSpace(string(answer.kept))
	switch {
	case ctx.Err() != nil:
		return auth.EmptyCredential, ctx.Err()
	case errors.Is(limited.Err(), context.DeadlineExceeded) && err != nil:
		return broken(messages.HelperSilent(limit))
	case errors.Is(err, exec.ErrNotFound):
		return broken(messages.HelperMissing())
	case err != nil && said == notInIt:
		return auth.EmptyCredential, nil
	case err != nil:
		return broken(messages.HelperSaid(err.Error(), reason(string(complaint.kept), said)))
	}
	var read struct{ Username, Secret string }
	if json.Unmarshal([]byte(said), &read) != nil {
		return broken(messages.HelperBabbles())
	}
	if read.Username == tokenUser {
		return auth.Credential{RefreshToken: read.Secret}, nil
	}
	return auth.Credential{Username: read.Username, Password: read.Secret}, nil
}

// reason is what a failed helper wrote to stderr, else to stdout, unless that looks like an answer: it
// would hold the secret.
func reason(complaint, said string) string {
	if strings.TrimSpace(complaint) == "" && !strings.HasPrefix(said, "{") {
		return said
	}
	return complaint
}

// head keeps the first bytes that are written to it.
type head struct {
	kept []byte
	most int
}

func (h *head) Write(p []byte) (int, error) {
	h.kept = append(h.kept, p[:min(len(p), h.most-len(h.kept))]...)
	return len(p), nil
}
