package main

import "fmt"

// voice tells of a failure by a panic that ends the walk and that tour catches.
type voice struct{}

// stopped is why a walk ended.
type stopped string

func stop(why string) { panic(stopped(why)) }

// Helper is for tests only.
func (voice) Helper() {}

// Logf prints at once.
func (voice) Logf(format string, args ...any) { fmt.Printf(format+"\n", args...) }

// Fatalf ends the walk.
func (voice) Fatalf(format string, args ...any) { stop(fmt.Sprintf(format, args...)) }
