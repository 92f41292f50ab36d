internal import Vocabulary

/// What a witness holds against a picture: a rejection that does not know the size of the body yet.
struct PictureFault: Error, Hashable {
    let verdict: FrameRejection.Verdict
    let description: String
    let offset: Int?

    init(_ verdict: FrameRejection.Verdict, _ description: String, at offset: Int? = nil) {
        (self.verdict, self.description, self.offset) = (verdict, description, offset)
    }

    func rejection(of body: ByteCount) -> FrameRejection {
        FrameRejection(verdict: verdict, description: description, offset: offset, receivedBytes: body)
    }
}
