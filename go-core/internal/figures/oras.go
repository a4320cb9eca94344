package main

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"

	ocispec "github.com/opencontainers/image-spec/specs-go/v1"
	"oras.land/oras-go/v2"
	"oras.land/oras-go/v2/content"
	"oras.land/oras-go/v2/registry/remote"
	"oras.land/oras-go/v2/registry/remote/auth"
)

// pullWithORAS is the shortest program that does what a pull does: manifest, layer, digest, file. A nil client
// is oras-go's default.
func pullWithORAS(reference, out string, client *auth.Client) error {
	ctx := context.Background()
	repository, err := remote.NewRepository(reference)
	if err != nil {
		return err
	}
	repository.PlainHTTP = true
	if client != nil {
		defer client.Client.CloseIdleConnections()
		repository.Client = client
	}
	_, body, err := oras.FetchBytes(ctx, repository, repository.Reference.Reference, oras.DefaultFetchBytesOptions)
	if err != nil {
		return err
	}
	var manifest ocispec.Manifest
	if err := json.Unmarshal(body, &manifest); err != nil {
		return err
	}
	layer := manifest.Layers[0]
	from, err := repository.Fetch(ctx, layer)
	if err != nil {
		return err
	}
	defer from.Close()
	to, err := os.Create(out)
	if err != nil {
		return err
	}
	defer to.Close()
	verified := content.NewVerifyReader(from, layer)
	if _, err := io.Copy(to, verified); err != nil {
		return err
	}
	if err := verified.Verify(); err != nil {
		return err
	}
	return to.Close()
}

func freshClient() *auth.Client {
	return &auth.Client{Client: &http.Client{Transport: &http.Transport{}}, Cache: auth.NewCache()}
}
