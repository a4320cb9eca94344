package transport

import (
	"crypto/tls"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"os"

	"oras.land/oras-go/v2/registry/remote/auth"
	"oras.land/oras-go/v2/registry/remote/errcode"

	"github.com/stowage/stowage/go-core/errkind"
	"github.com/stowage/stowage/go-core/messages"
)

// TranslateError turns the error of a failed request to a registry into an [errkind.Error] with a text for the user.
// what names the requested thing in the text of a 404.
func (s *Session) TranslateError(err error, ref, host, what string) error {
	if known := errkind.Find(err); known != nil {
		return errkind.Wrap(err, known.Kind(), messages.Network(ref, known.Error()))
	}
	var response *errcode.ErrorResponse
	if errors.As(err, &response) {
		return s.explainStatus(err, response, ref, host, what)
	}
	if errors.Is(err, auth.ErrBasicCredentialNotFound) {
		return errkind.Wrap(err, errkind.Unauthorized, messages.Unauthorized(ref, messages.RegistryWantsCredentials(), s.credentials.describeUse(host)))
	}
	var networkError net.Error
	var certificate *tls.CertificateVerificationError
	switch {
	case errors.Is(err, os.ErrDeadlineExceeded):
		return errkind.Wrap(err, errkind.Timeout, messages.Network(ref, messages.PeerSilent(s.options.Idle)))
	case errors.As(err, &networkError) && networkError.Timeout():
		return errkind.Wrap(err, errkind.Timeout, messages.Network(ref, messages.ConnectTimeout(s.options.Connect, err.Error())))
	case errors.As(err, &certificate):
		return errkind.Wrap(err, errkind.Network, messages.Network(ref, messages.BadCertificate(err.Error())))
	case errors.Is(err, http.ErrSchemeMismatch):
		return errkind.Wrap(err, errkind.Network, messages.Network(ref, messages.SpeaksPlainHTTP(host)))
	}
	return errkind.Wrap(err, errkind.Network, messages.Network(ref, err.Error()))
}

func (s *Session) explainStatus(err error, response *errcode.ErrorResponse, ref, host, what string) error {
	reason := http.StatusText(response.StatusCode)
	if len(response.Errors) > 0 {
		reason = response.Errors.Error()
	}
	request := response.Method + " " + response.URL.String()
	switch response.StatusCode {
	case http.StatusUnauthorized:
		return errkind.Wrap(err, errkind.Unauthorized, messages.Unauthorized(ref, reason, s.credentials.describeUse(host)))
	case http.StatusForbidden:
		return errkind.Wrap(err, errkind.Forbidden, messages.Forbidden(ref, reason, s.credentials.describeUse(host)))
	case http.StatusNotFound:
		return errkind.Wrap(err, errkind.NotFound, messages.NotFound(ref, what))
	case http.StatusRequestEntityTooLarge:
		return errkind.Wrap(err, errkind.TooLarge, messages.ErrorStatus(ref, request, response.StatusCode, reason))
	case http.StatusProxyAuthRequired:
		return errkind.Wrap(err, errkind.Network, messages.Network(ref, messages.ProxyWantsCredentials()))
	}
	return errkind.Wrap(err, errkind.Network, messages.ErrorStatus(ref, request, response.StatusCode, reason))
}

// ResponseError turns a response with an error status into an error. It contains the list of errors that the
// distribution specification defines, if the registry sent one. ResponseError closes the body.
func ResponseError(response *http.Response) error {
	defer response.Body.Close()
	refused := &errcode.ErrorResponse{
		Method: response.Request.Method, URL: response.Request.URL, StatusCode: response.StatusCode,
	}
	var body struct {
		Errors errcode.Errors `json:"errors"`
	}
	if json.NewDecoder(io.LimitReader(response.Body, 8<<10)).Decode(&body) == nil {
		refused.Errors = body.Errors
	}
	return refused
}
