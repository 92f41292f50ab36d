/// What a camera of the farm is like; its number decides, so that the server and the job agree without a word.
enum FarmCamera: String, CaseIterable {
    case announced = "webcam API"
    case plain = "plain URL"
    /// Every second picture is cut short.
    case torn
    /// A byte a second.
    case dripping
    /// Takes the request for its picture and never answers.
    case silent
    /// Nothing listens there.
    case dead

    /// Of any hundred cameras five are slow, one way or the other, five dead and five torn; a tenth has a plain URL.
    init(number: Int) {
        switch number % 100 {
        case 7, 47: self = .dripping
        case 27, 67, 87: self = .silent
        case 3, 23, 43, 63, 83: self = .dead
        case 11, 31, 51, 71, 91: self = .torn
        case let rest where rest % 10 == 5: self = .plain
        default: self = .announced
        }
    }

    /// Whether it is served as it should be, so that nothing but the farm itself can make it late.
    var isGood: Bool { self == .announced || self == .plain }

    /// Whether its answers take longer than the job waits.
    var isSlow: Bool { self == .dripping || self == .silent }
}
