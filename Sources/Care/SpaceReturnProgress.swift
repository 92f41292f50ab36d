package import Vocabulary

/// How far the return of free space to the file system has come.
package struct SpaceReturnProgress: Hashable, Sendable {
    /// What was cut off the archive's file so far.
    package let returned: ByteCount
    /// What is still free inside it.
    package let remaining: ByteCount
}
