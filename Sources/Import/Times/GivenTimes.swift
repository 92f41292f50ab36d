internal import Vocabulary

/// Times that whoever imports gives by hand, because they know better than names and files.
struct GivenTimes {
    /// When the first picture was taken; `nil`: when it says.
    let start: Timestamp?
    /// How far apart pictures are; `nil`: as far as they say.
    let every: Duration?

    /// - Parameter line: a camera's pictures in the order of their names.
    func set(_ line: [Int], in times: inout [PictureTime?]) {
        guard let first = line.first else { return }
        if let every {
            guard let start = start ?? times[first]?.instant else { return }
            for (number, index) in line.enumerated() {
                times[index] = PictureTime(instant: start + every * number, witness: .given)
            }
        } else if let start, let earliest = line.compactMap({ times[$0]?.instant }).min() {
            for index in line {
                guard let time = times[index] else { continue }
                times[index] = PictureTime(instant: start + (time.instant - earliest), witness: .given)
            }
        }
    }
}
