/// Bytes that stand inside a scan where every code of it was read already.
///
/// A decoder that lost its step leaves them: what it took for other codes were fewer bytes than were sent. But a few webcams pad
/// each restart interval with some, hardware encoders pad to whole disk blocks with bytes of one value, and one IP camera is
/// known to send 651 bytes of its own before EOI.
struct LeftOver: Hashable {
    /// The longest run without a marker that is not of one value only.
    let count: Int
    /// Where it begins in the picture, to within the few bytes that a decoder reads ahead.
    let offset: Int

    /// So many bytes are not left by whoever encodes a scan.
    private static let leastOfDamage = 32

    /// What they are held for; `nil` where they are too few to say anything.
    var fault: PictureFault? {
        guard count >= Self.leastOfDamage else { return nil }
        return PictureFault(.corruptData, "\(count) bytes are left over in a scan, near byte \(offset)", at: offset)
    }
}
