package oci

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stowage/stowage/go-core/errkind"
)

// childVariable describes a child process: a command and its arguments, separated by newlines. Some faults need
// another user, a small file system or a killed process, so the test binary starts itself as such a child.
const childVariable = "STOWAGE_TEST_CHILD"

const nobody = 65534

func TestMain(m *testing.M) {
	if task := os.Getenv(childVariable); task != "" {
		child(strings.Split(task, "\n"))
		return
	}
	os.Exit(m.Run())
}

func child(task []string) {
	command, arguments := task[0], task[1:]
	var err error
	switch command {
	case "as nobody":
		must := []error{syscall.Setgroups(nil), syscall.Setgid(nobody), syscall.Setuid(nobody)}
		if err = firstOf(must); err != nil {
			break
		}
		child(arguments)
		return
	case "on small disk": // a private mount, which no other process sees and which ends with the child
		if err = syscall.Mount("tmpfs", arguments[0], "tmpfs", 0, "size=65536,mode=777"); err != nil {
			break
		}
		child(arguments[1:])
		left, _ := os.ReadDir(arguments[0])
		fmt.Println("left", len(left))
		return
	case "pull":
		_, err = pullStd(context.Background(), arguments[0], arguments[1], nil)
	case "pack":
		_, err = pack(arguments[0], arguments[1], arguments[2])
	case "copy":
		_, err = copyStd(arguments[0], arguments[1])
	case "pack forever":
		fmt.Println("ready")
		for i := 0; err == nil; i++ {
			_, err = pack(arguments[0], arguments[1], fmt.Sprint("v", i%5))
		}
	case "pull forever":
		fmt.Println("ready")
		for err == nil {
			_, err = pullStd(context.Background(), arguments[0], arguments[1], nil)
		}
	case "copy forever":
		fmt.Println("ready")
		for i := 0; err == nil; i++ {
			os.RemoveAll(filepath.Join(arguments[1], "blobs")) // so that there is something to copy
			_, err = copyStd(arguments[0]+fmt.Sprint(i%2), "oci:"+arguments[1]+":v"+fmt.Sprint(i%2))
		}
	}
	fmt.Println("kind", errkind.Of(err), err)
}

func firstOf(errs []error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func childCommand(t *testing.T, task ...string) *exec.Cmd {
	t.Helper()
	if os.Getuid() != 0 {
		t.Skip("not root: cannot become another user, mount a file system of its own")
	}
	command := exec.Command(os.Args[0])
	command.Env = append(os.Environ(), childVariable+"="+strings.Join(task, "\n"))
	command.SysProcAttr = &syscall.SysProcAttr{Unshareflags: syscall.CLONE_NEWNS}
	return command
}

func runChild(t *testing.T, task ...string) string {
	t.Helper()
	out, err := childCommand(t, task...).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return string(out)
}

// openDir creates a directory that every user can enter, unlike t.TempDir.
func openDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "stowage-test-*")
	must(t, err)
	t.Cleanup(func() { os.RemoveAll(dir) })
	must(t, os.Chmod(dir, 0o755))
	return dir
}

const succeeded = "kind 0 <nil>\n"

func TestUnwritableDirectory(t *testing.T) {
	dir := openDir(t)
	layout := filepath.Join(dir, "layout")
	file := filepath.Join(dir, "module.wasm")
	must(t, os.WriteFile(file, module(1000), 0o644))
	_, err := pack(file, layout, "v1")
	must(t, err)
	ref, free := "oci:"+layout+":v1", filepath.Join(dir, "free")
	must(t, os.Mkdir(free, 0o777))
	must(t, os.Chmod(free, 0o777))

	out := filepath.Join(dir, "out.wasm")
	want := fmt.Sprintf("kind %d cannot write %s: permission denied\n", errkind.IO, out)
	if got := runChild(t, "as nobody", "pull", ref, out); got != want {
		t.Errorf("pull: %swant: %s", got, want)
	}
	if got := runChild(t, "as nobody", "pull", ref, filepath.Join(free, "o")); got != succeeded {
		t.Errorf("control, pull: %s", got)
	}
	info, err := os.Stat(filepath.Join(free, "o"))
	must(t, err)
	if info.Mode() != 0o644 {
		t.Errorf("mode %v", info.Mode())
	}
	want = fmt.Sprintf("kind %d cannot write %s: permission denied\n", errkind.IO, layout)
	if got := runChild(t, "as nobody", "pack", file, layout, "v2"); got != want {
		t.Errorf("pack: %swant: %s", got, want)
	}
	if got := runChild(t, "as nobody", "pack", file, filepath.Join(free, "layout"), "v2"); got != succeeded {
		t.Errorf("control, pack: %s", got)
	}
	wantOnly(t, dir, "free", "layout", "module.wasm")
}

func TestFullFileSystem(t *testing.T) {
	dir := openDir(t)
	disk := filepath.Join(dir, "disk")
	must(t, os.Mkdir(disk, 0o777))
	for _, c := range []struct {
		size int
		want string
	}{
		{1 << 20, "no space left on device\nleft %d\n"},
		{1000, "kind 0 <nil>\nleft 1\n"}, // control
	} {
		layout := filepath.Join(dir, fmt.Sprint("layout", c.size))
		file := writeFile(t, module(c.size))
		_, err := pack(file, layout, "v1")
		must(t, err)
		out := filepath.Join(disk, "out.wasm")
		got := runChild(t, "on small disk", disk, "pull", "oci:"+layout+":v1", out)
		want := c.want
		if c.size > 65536 {
			want = fmt.Sprintf("kind %d cannot write %s: "+c.want, errkind.IO, out, 0)
		}
		if got != want {
			t.Errorf("pull of %d: %swant: %s", c.size, got, want)
		}
		target := filepath.Join(disk, "l")
		got = runChild(t, "on small disk", disk, "pack", file, target, "v1")
		if c.size > 65536 {
			want = fmt.Sprintf("kind %d cannot write %s: "+c.want, errkind.IO, target, 1)
		}
		if got != want {
			t.Errorf("pack of %d: %swant: %s", c.size, got, want)
		}
	}
}

// killed starts a child, kills it after a moment, and checks what it left behind. It repeats that many times.
func killed(t *testing.T, times int, look func(), task ...string) {
	t.Helper()
	for i := range times {
		command := childCommand(t, task...)
		out, err := command.StdoutPipe()
		must(t, err)
		must(t, command.Start())
		_, err = out.Read(make([]byte, 6))
		must(t, err)
		time.Sleep(time.Duration(i) * 700 * time.Microsecond)
		must(t, command.Process.Kill())
		command.Wait()
		look()
	}
}

// allPull checks that every tag of a layout can be pulled.
func allPull(t *testing.T, layout string) {
	t.Helper()
	index, err := readIndex(layout)
	must(t, err)
	if index == nil {
		return
	}
	_, tags := index.findTag("")
	for _, tag := range tags {
		_, err := pullStd(context.Background(), "oci:"+layout+":"+tag, filepath.Join(t.TempDir(), "o"), nil)
		must(t, err)
	}
}

// A push that is killed at any moment leaves a layout whose tags can all be pulled, and the next push removes its
// temporary files.
func TestKilledPack(t *testing.T) {
	dir := openDir(t)
	file, layout := writeFile(t, module(200_000)), filepath.Join(dir, "layout")
	_, err := pack(file, layout, "v0")
	must(t, err)
	killed(t, 20, func() { allPull(t, layout) }, "pack forever", file, layout)
	_, err = pack(file, layout, "v0")
	must(t, err)
	wantOnly(t, layout, "blobs", "index.json", "oci-layout")
}

// A copy that is killed at any moment leaves a layout that the same copy can complete.
func TestKilledCopy(t *testing.T) {
	r := newRegistry(t)
	r.push(t, "m", "v0", module(2_000_000), cncfConfig, cncfLayer)
	r.push(t, "m", "v1", module(1_000_000), cncfConfig, cncfLayer)
	layout := filepath.Join(openDir(t), "layout")
	killed(t, 15, func() {
		for _, tag := range []string{"v0", "v1"} {
			_, err := copyStd(r.host+"/m:"+tag, "oci:"+layout+":"+tag)
			must(t, err)
		}
		allPull(t, layout)
		wantOnly(t, layout, "blobs", "index.json", "oci-layout")
	}, "copy forever", r.host+"/m:v", layout)
}

// A pull that is killed at any moment leaves no file, or a complete one.
func TestKilledPull(t *testing.T) {
	r := newRegistry(t)
	content := module(3_000_000)
	r.push(t, "m", "v1", content, cncfConfig, cncfLayer)
	out := filepath.Join(t.TempDir(), "o")
	must(t, os.WriteFile(out, content, 0o644))
	killed(t, 15, func() { wantBytes(t, out, content) }, "pull forever", r.host+"/m:v1", out)
}

// Opening a FIFO waits for a writer; no operation may do that.
func TestFIFOIsNoFile(t *testing.T) {
	dir := t.TempDir()
	fifo := filepath.Join(dir, "fifo")
	must(t, syscall.Mkfifo(fifo, 0o644))
	_, err := pack(fifo, dir, "v1")
	wantKind(t, err, errkind.IO, "it is not a regular file")
	must(t, os.Rename(fifo, filepath.Join(dir, "index.json")))
	_, err = pullStd(context.Background(), "oci:"+dir+":v1", filepath.Join(dir, "o"), nil)
	wantKind(t, err, errkind.IO, "it is not a regular file")
}

func TestOutputIsADirectory(t *testing.T) {
	dir := t.TempDir()
	_, err := pullStd(context.Background(), "oci:none:v1", dir, nil)
	wantKind(t, err, errkind.IO, "cannot write "+dir+": it is a directory")
	_, err = pullStd(context.Background(), "oci:none:v1", "", nil)
	wantKind(t, err, errkind.InvalidArgument, "the output file is empty")
	layout := filepath.Join(dir, "layout")
	_, err = pack(writeFile(t, module(1)), layout, "v1")
	must(t, err)
	_, err = pullStd(context.Background(), "oci:"+layout+":v1", filepath.Join(dir, "none", "o"), nil)
	wantKind(t, err, errkind.IO, filepath.Join(dir, "none", "o")+": no such file or directory")
}
