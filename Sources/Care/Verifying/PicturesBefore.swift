internal import Archive
internal import GRDB
internal import NIOCore
internal import Validation
internal import Vocabulary

/// What each picture is judged by: the one that its camera showed before.
struct PicturesBefore: Sendable {
    let order: PictureOrder
    /// By content. Those of a page are there when the next one is looked at, of a few hundred cameras.
    private let traces = PictureTraces<Int64>(bytes: 48 << 20)

    private let pictures: ArchivePictures

    init(_ order: PictureOrder, in pictures: ArchivePictures) { (self.order, self.pictures) = (order, pictures) }

    /// Keeps a picture's trace, if others may be compared with it.
    func keep(_ picture: ExaminedPicture, of content: Int64) {
        if picture.isComparable { traces.keep(picture.trace, as: content) }
    }

    /// The trace of the picture before; `nil` where there is none that tells anything.
    func trace(before content: Int64, in database: any DatabaseReader) async throws -> PictureTrace? {
        guard let before = order.picture(before: content) else { return nil }
        if let known = traces[before] { return known }
        let bytes: ByteBuffer?
        do {
            // One in a pack is not fetched for this: mostly it was looked at right before, and is known.
            bytes = try await database.read { [pictures] in try pictures.getHere(before, in: $0) }
        } catch let error as DatabaseError where error.resultCode != .SQLITE_INTERRUPT {
            return nil  // it is a finding of its own
        }
        guard let bytes else { return nil }
        do throws(FrameRejection) {
            let picture = try FrameValidator.ofStoredPictures.examine(bytes)
            keep(picture, of: before)
            return picture.isComparable ? picture.trace : nil
        } catch {
            return nil  // it is a finding of its own
        }
    }
}

extension ExaminedPicture {
    /// Whether nothing speaks against its being what the camera saw, as far as it shows by itself.
    fileprivate var isComparable: Bool { leftOver == nil && suspicion == nil }
}
