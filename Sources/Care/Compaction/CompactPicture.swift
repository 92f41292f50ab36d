internal import CTurboJPEG
internal import Deduplication
internal import NIOCore
internal import Validation
internal import Vocabulary

/// A picture coded anew in fewer bytes, proven to show every pixel of the original and to say all that it says about itself.
///
/// The coefficients are those of the original; libjpeg-turbo codes them with Huffman tables of their own, in whichever order
/// takes fewer bytes. It is not taken at its word: both pictures are decoded, and every sample and every segment of metadata
/// compared.
struct CompactPicture: Sendable {
    let bytes: ByteBuffer
    let sha256: SHA256Digest

    /// Codes the original anew.
    ///
    /// - Returns: `nil` where no way of coding takes fewer bytes, and for arithmetic coding, which is smaller already.
    /// - Throws: ``UnprovenPicture`` where libjpeg refuses the original, or the result is not proven to be the same picture.
    init?(of original: ByteBuffer) throws(UnprovenPicture) {
        let original = original.closedByEOI
        var candidate = ByteBuffer()
        var report = transform_report()
        candidate.writeWithUnsafeMutableBytes(minimumWritableBytes: original.readableBytes) { output in
            original.withUnsafeReadableBytes { input in
                lossless_transform(
                    input.baseAddress, input.count, output.baseAddress, max(0, input.count - 1), Self.memory, &report)
            }
            return report.count
        }
        switch report.outcome {
        case TRANSFORM_DONE: try self.init(candidate, of: original)
        case TRANSFORM_NOT_SMALLER, TRANSFORM_OTHER_KIND: return nil
        default: throw UnprovenPicture(report)
        }
    }

    /// Takes a candidate that is the same picture as the original.
    ///
    /// - Throws: ``UnprovenPicture`` where it is not.
    init(_ candidate: ByteBuffer, of original: ByteBuffer) throws(UnprovenPicture) {
        let original = original.closedByEOI
        var report = transform_report()
        original.withUnsafeReadableBytes { left in
            candidate.withUnsafeReadableBytes { right in
                compare_pictures(left.baseAddress, left.count, right.baseAddress, right.count, Self.memory, &report)
            }
        }
        guard report.outcome == TRANSFORM_DONE else { throw UnprovenPicture(report) }
        do {
            let picture = try Self.validator.validate(candidate)
            guard picture.surplusBytes == 0 else { throw UnprovenPicture(reason: "something follows its end") }
        } catch let error as UnprovenPicture {
            throw error
        } catch {
            throw UnprovenPicture(reason: "\(error)")
        }
        (bytes, sha256) = (candidate, SHA256Digest(hashing: candidate))
    }

    /// For the coefficients of one picture: what a validator allows, as the result has to pass one.
    private static let memory = Int(FrameLimits().coefficientMemory.bytes)

    /// The original may have passed wider limits than today's.
    private static let validator = {
        var limits = FrameLimits()
        (limits.bytes, limits.pixels) = (ByteCount(Int64.max), .max)
        return FrameValidator(limits: limits)
    }()
}

/// Why a picture coded anew does not take the original's place.
struct UnprovenPicture: Error, Hashable {
    let reason: String
}

extension UnprovenPicture {
    fileprivate init(_ report: transform_report) {
        reason = withUnsafeBytes(of: report.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
}
