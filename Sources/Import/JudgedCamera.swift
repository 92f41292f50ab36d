internal import Validation
internal import Vocabulary

/// One camera's pictures on their way in, each judged by those before it.
struct JudgedCamera: Sendable {
    /// A picture that was read.
    struct Held: Sendable {
        let picture: ExaminedPicture
        /// Whose picture it is, and when it was taken.
        let origin: SnapshotOrigin
        let sha256: SHA256Digest
        let place: PicturePlace
    }

    private var series = PictureSeries()
    /// Of the picture before, where it is neither refused nor suspect.
    private var before: PictureTrace?
    /// Pictures that are refused, unless all of the camera's turn out to be like them.
    private(set) var held: [(held: Held, rejection: FrameRejection)] = []

    /// - Returns: what became of the pictures that are decided now: of those that were held, and of this one unless it is.
    mutating func judge(_ next: Held) -> [(Held, Result<ValidFrame, FrameRejection>)] {
        do throws(FrameRejection) {
            let frame = ValidFrame(try series.judge(next.picture, after: before), from: next.origin)
            before = frame.suspicion?.kind.isDoubtful == true ? nil : next.picture.trace
            defer { held = [] }
            return held.map { ($0.held, judgement(on: $0.held, $0.rejection)) } + [(next, .success(frame))]
        } catch {
            held.append((next, error))
            guard next.picture.lackingEnd == error else { return [] }
            series.noteLackingEnd()
            guard series.lacksEnds else { return [] }
            defer { held = [] }
            return held.map { ($0.held, judgement(on: $0.held, $0.rejection)) }
        }
    }

    private mutating func judgement(
        on picture: Held, _ rejection: FrameRejection
    ) -> Result<ValidFrame, FrameRejection> {
        guard picture.picture.lackingEnd == nil ? series.isOdd : series.lacksEnds else { return .failure(rejection) }
        do throws(FrameRejection) {
            return .success(ValidFrame(try series.judge(picture.picture), from: picture.origin))
        } catch {
            return .failure(error)
        }
    }
}
