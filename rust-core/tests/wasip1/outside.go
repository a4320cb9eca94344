// Tries to use files, directories, sockets and other streams, which a program must not reach. It also uses random
// numbers.
package main

import (
	"crypto/rand"
	"fmt"
	"net"
	"os"
)

func main() {
	for _, path := range []string{"/", ".", "/etc/passwd", "new"} {
		_, err := os.ReadFile(path)
		fmt.Println(path, err != nil)
	}
	fmt.Println("create", os.WriteFile("new", nil, 0o600) != nil)
	fmt.Println("mkdir", os.Mkdir("new", 0o700) != nil)
	_, err := net.Dial("tcp", "127.0.0.1:80")
	fmt.Println("dial", err != nil)
	_, err = os.NewFile(3, "three").Stat()
	fmt.Println("fd 3", err != nil)
	one, two := make([]byte, 32), make([]byte, 32)
	rand.Read(one)
	rand.Read(two)
	fmt.Println("random", string(one) != string(two))
}
