package import Vocabulary

/// How far a check has come.
package struct VerifyProgress: Hashable, Sendable {
    package let picturesChecked: Int
    /// As well as is known beforehand.
    package let pictures: Int
    package let bytesChecked: ByteCount
}
