package web

import (
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"strings"
	"syscall"
	"time"

	"oras.land/oras-go/v2/registry/remote/errcode"

	"github.com/stowage/stowage/go-core/fail"
	"github.com/stowage/stowage/go-core/messages"
)

// Waits between tries, when the registry asks for none: doubled each time, in this range.
const (
	firstWait = 250 * time.Millisecond
	lastWait  = 4 * time.Second
)

// Repeat runs a step, which is one request or one blob, and runs it again when the registry was busy or the
// connection was cut, as often as the option retries says. The step's errors come from [Session.Explain].
// Silence is not asked again: its limit is a promise.
func (s *Session) Repeat(ctx context.Context, step func(ctx context.Context) error) error {
	for tries := 1; ; tries++ {
		once, asked := withPause(ctx)
		err := step(once)
		if err == nil || ctx.Err() != nil || !Transient(err) {
			return err
		}
		wait := backoff(tries, asked.get())
		switch {
		case wait > s.options.RetryAfter:
			return fail.Because(err, fail.KindOf(err), messages.AskedToWait(err.Error(), wait, s.options.RetryAfter, tries))
		case tries > s.options.Retries:
			return fail.Because(err, fail.KindOf(err), messages.Tried(err.Error(), tries))
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(wait):
		}
	}
}

func backoff(tries int, asked time.Duration) time.Duration {
	wait := min(firstWait<<(tries-1), lastWait)
	wait = wait*9/10 + rand.N(wait/5) // or all who were refused at once come back at once
	return max(wait, asked)
}

// Transient says whether the same request may succeed a moment later.
func Transient(err error) bool {
	var said *errcode.ErrorResponse
	if errors.As(err, &said) {
		return again(said.StatusCode)
	}
	return IsCut(err)
}

// IsStatus says whether err is a registry's answer with this status.
func IsStatus(err error, status int) bool {
	var said *errcode.ErrorResponse
	return errors.As(err, &said) && said.StatusCode == status
}

func again(status int) bool {
	return status == http.StatusRequestTimeout || status == http.StatusTooManyRequests || status >= 500
}

// IsCut says whether the connection was lost. net/http closes one that it finds broken while a request is
// still being written, and has an error without a name for one that was closed before it was used again.
func IsCut(err error) bool {
	for _, cut := range []error{
		io.ErrUnexpectedEOF, io.EOF, net.ErrClosed, syscall.ECONNRESET, syscall.EPIPE, syscall.ECONNABORTED,
	} {
		if errors.Is(err, cut) {
			return true
		}
	}
	return err != nil && strings.HasSuffix(err.Error(), "http: server closed idle connection")
}
