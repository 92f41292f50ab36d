package import Vocabulary

/// The most that a picture may ask for before it is refused unseen.
///
/// All are read off the picture's headers, before anything is decoded, so that a small body cannot cost much memory or time.
/// Every default leaves a 12-megapixel camera ample room.
package struct FrameLimits: Hashable, Sendable {
    /// Bytes of the body as received.
    package var bytes = ByteCount(8 * 1_048_576)
    /// Width times height.
    package var pixels = 50_000_000
    /// Scans; a progressive picture usually has ten.
    package var scans = 100
    /// Marker segments, without restart markers. The most that metadata needs is 255 for a colour profile.
    package var markers = 1000
    /// Memory for the coefficients of a picture that comes in several scans: they have to be kept until its end.
    package var coefficientMemory = ByteCount(128 * 1_048_576)
    /// Samples that all scans visit together, which bounds the decoding time whatever the number of bytes. A sequential
    /// picture visits each sample once, a progressive one about five times.
    package var visitedSamples = 600_000_000

    package init() {}
}
