package web

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"oras.land/oras-go/v2/registry/remote/auth"
	"oras.land/oras-go/v2/registry/remote/credentials"

	"github.com/stowage/stowage/go-core/fail"
	"github.com/stowage/stowage/go-core/messages"
	"github.com/stowage/stowage/go-core/options"
)

// keys finds credentials: those of the options, else those of the Docker configuration. Only asked when a
// registry wants some, and only for that registry.
type keys struct {
	options options.Options

	mu    sync.Mutex
	found map[string]found
}

// found is what one registry gets; from says in words where it is from.
type found struct {
	credential auth.Credential
	from       string
	err        error
}

// check notices a wrong path in the options at once, not at the first registry that wants credentials.
func (k *keys) check() error {
	if k.options.DockerConfig == "" || k.options.DockerConfig == options.None {
		return nil
	}
	_, err := readOption(options.DockerConfig, k.options.DockerConfig)
	return err
}

// credential is an auth.CredentialFunc. It looks once: a helper may ask its user.
func (k *keys) credential(ctx context.Context, host string) (auth.Credential, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	one, known := k.found[host]
	if !known {
		one = k.find(ctx, host)
		if ctx.Err() != nil {
			return auth.EmptyCredential, ctx.Err()
		}
		if k.found == nil {
			k.found = map[string]found{}
		}
		k.found[host] = one
	}
	return one.credential, one.err
}

// used says what was sent to a registry.
func (k *keys) used(host string) string {
	k.mu.Lock()
	defer k.mu.Unlock()
	one, asked := k.found[host]
	if !asked {
		return messages.NotAsked()
	}
	if one.credential == auth.EmptyCredential {
		return messages.NoCredentials(host, one.from)
	}
	return messages.CredentialsRefused(one.from)
}

func (k *keys) find(ctx context.Context, host string) found {
	if k.options.Username != "" {
		return found{
			credential: auth.Credential{Username: k.options.Username, Password: k.options.Password},
			from:       messages.FromOptions(),
		}
	}
	path := k.options.DockerConfig
	if path == "" {
		path = usersConfig()
	}
	if path == options.None || path == "" {
		return found{from: messages.NoConfig()}
	}
	content, err := readOption(options.DockerConfig, path)
	if errors.Is(err, fs.ErrNotExist) {
		return found{from: messages.NoConfig()}
	}
	if err != nil {
		return found{err: err}
	}
	return findIn(ctx, path, content, credentials.ServerAddressFromHostname(host), k.options)
}

// findIn follows Docker: the helper of this registry, else the helper of all, else the file itself.
func findIn(ctx context.Context, path string, content []byte, server string, o options.Options) found {
	var config struct {
		CredsStore  string            `json:"credsStore"`
		CredHelpers map[string]string `json:"credHelpers"`
	}
	// The reasons of both parsers quote the file, which holds passwords: they are not told.
	bad := fail.New(fail.InvalidArgument, messages.BadDockerConfig(path, server))
	if len(content) > 0 && json.Unmarshal(content, &config) != nil {
		return found{err: bad}
	}
	helper := config.CredHelpers[server]
	if helper == "" {
		helper = config.CredsStore
	}
	if helper != "" {
		credential, err := askHelper(ctx, helper, server, path, o.Helper)
		return found{credential, messages.FromHelper(helperPrefix+helper, path), err}
	}
	store, err := credentials.NewFileStore(path)
	if err != nil {
		return found{err: bad}
	}
	credential, err := store.Get(ctx, server)
	if err != nil {
		return found{err: bad}
	}
	return found{credential, messages.FromConfig(path), nil}
}

// usersConfig is Docker's own rule; "" where there is no home.
func usersConfig() string {
	if dir := os.Getenv("DOCKER_CONFIG"); dir != "" {
		return filepath.Join(dir, "config.json")
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return ""
	}
	return filepath.Join(home, ".docker", "config.json")
}
