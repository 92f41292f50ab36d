import Vocabulary

/// Something that `doctor` looked at.
struct Finding: Sendable {
    let subject: String
    let ok: Bool
    let text: String
    var hint: String?
    /// `nil` where it is about none, or about all.
    var camera: String?

    init(_ subject: String, ok: Bool = true, _ text: String, hint: String? = nil) {
        (self.subject, self.ok, self.text, self.hint) = (subject, ok, text, hint)
    }

    init(_ subject: String, failure: any Error) {
        let explained = failure as? any ExplainedError
        self.init(subject, ok: false, explained?.description ?? "\(failure)", hint: explained?.commandHint)
    }

    /// The same, said of one camera.
    func of(_ camera: CameraName) -> Finding {
        var finding = Finding(subject, ok: ok, "\(camera): \(text)", hint: hint)
        finding.camera = camera.text
        return finding
    }

    /// What a person reads.
    var lines: [String] {
        ["\(ok ? "✓" : "✗") \(subject.padding(to: 8)) \(text)"] + [hint.map { "           \($0)" }].compactMap(\.self)
    }
}

extension Finding: KeyedRecord {
    static let fields: [Field<Self>] = [
        Field("subject", \.subject), Field("ok", \.ok), Field("text", \.text), Field("hint", \.hint),
        Field("camera", \.camera),
    ]
}
