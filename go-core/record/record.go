// Package record encodes structured values for the C ABI: little endian, without padding. A string is its
// length in bytes (uint32) followed by its UTF-8, a list is its count (uint32) followed by its entries.
package record

import (
	"encoding/binary"
	"errors"
	"unicode/utf8"

	"github.com/stowage/stowage/go-core/messages"
)

// AppendCount appends the count of a list, or the length of a string.
func AppendCount(to []byte, n int) []byte { return binary.LittleEndian.AppendUint32(to, uint32(n)) }

// AppendNumber appends a number.
func AppendNumber(to []byte, n uint64) []byte { return binary.LittleEndian.AppendUint64(to, n) }

// AppendString appends a string.
func AppendString(to []byte, s string) []byte { return append(AppendCount(to, len(s)), s...) }

// AppendStrings appends a list of strings.
func AppendStrings(to []byte, list []string) []byte {
	to = AppendCount(to, len(list))
	for _, s := range list {
		to = AppendString(to, s)
	}
	return to
}

// Pairs decodes a record that is one list of {string, string}. No bytes mean an empty list.
func Pairs(from []byte) ([][2]string, error) {
	if len(from) == 0 {
		return nil, nil
	}
	count, rest, err := number(from)
	if err != nil {
		return nil, err
	}
	// No allocation for count entries: four hostile bytes can claim any count.
	var pairs [][2]string
	for range count {
		var pair [2]string
		for i := range pair {
			if pair[i], rest, err = text(rest); err != nil {
				return nil, err
			}
		}
		pairs = append(pairs, pair)
	}
	if len(rest) > 0 {
		return nil, errors.New(messages.RecordTooLong(len(rest)))
	}
	return pairs, nil
}

func number(from []byte) (uint32, []byte, error) {
	if len(from) < 4 {
		return 0, nil, errors.New(messages.RecordTooShort())
	}
	return binary.LittleEndian.Uint32(from), from[4:], nil
}

func text(from []byte) (string, []byte, error) {
	n, rest, err := number(from)
	if err == nil && uint64(n) > uint64(len(rest)) {
		err = errors.New(messages.RecordTooShort())
	}
	if err != nil {
		return "", nil, err
	}
	s := string(rest[:n])
	if !utf8.ValidString(s) {
		return "", nil, errors.New(messages.NotUTF8(messages.RecordString))
	}
	return s, rest[n:], nil
}
