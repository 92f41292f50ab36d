internal import Validation
package import Vocabulary

/// Something that was found and could not be imported.
///
/// In 24 bytes: of a ZIP that holds something else there may be hundreds of thousands.
package struct RefusedPicture: Sendable {
    private let place: PicturePlace
    private var refusal: Refusal

    private final class Refusal: Sendable {
        let label: String
        let reason: String

        init(label: String, reason: String) { (self.label, self.reason) = (label, reason) }
    }

    init(_ place: PicturePlace, label: String, reason: String) {
        (self.place, refusal) = (place, Refusal(label: label, reason: reason))
    }

    init(_ place: PicturePlace, _ problem: ZipProblem) {
        self.init(place, label: problem.label, reason: problem.reason)
    }

    init(_ place: PicturePlace, _ rejection: FrameRejection) {
        self.init(place, label: rejection.label, reason: rejection.description)
    }

    /// The file, or the ZIP, `!` and the entry's name.
    package var path: String { place.path }
    /// From a fixed set: a rejection's label, or what keeps it from being read.
    package var label: String { refusal.label }
    /// What is wrong, as one clause without a full stop.
    package var reason: String { refusal.reason }

    /// The same; where the other one is refused for the same, without words of its own.
    func sharingWords(with other: RefusedPicture?) -> RefusedPicture {
        guard let other, other.label == label, other.reason == reason else { return self }
        var shared = self
        shared.refusal = other.refusal
        return shared
    }
}

extension RefusedPicture: Hashable {
    package static func == (left: RefusedPicture, right: RefusedPicture) -> Bool {
        left.label == right.label && left.reason == right.reason && left.path == right.path
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(path)
        hasher.combine(label)
        hasher.combine(reason)
    }
}

extension [RefusedPicture] {
    mutating func add(_ picture: RefusedPicture) { append(picture.sharingWords(with: last)) }
}

extension RefusedPicture: KeyedRecord {
    package static let fields: [Field<Self>] = [
        Field("path", \.path),
        Field("label", \.label),
        Field("reason", \.reason),
    ]
}
