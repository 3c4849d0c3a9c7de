/** Where a server's processor time goes, as pictures. */
@org.jspecify.annotations.NullMarked
package dev.berth.benchmarks.profile;
