/// The candidates for one moment of a steady video, as they deviate from their mean.
///
/// What all of them show, above all the part as far as it has grown, is gone from them; what moves, the head, is left.
struct SteadyStep: Sendable {
    /// One candidate.
    struct Candidate: Sendable {
        /// Its place in the list of all candidates.
        let place: Int
        /// How far from the middle of the step, 0 to 1.
        let offset: Float
        /// What it shows, less the mean of all.
        var view: [Int16]
    }

    let candidates: [Candidate]
    /// How much each box changes within the step: where the head moves.
    let activity: [Float]

    /// - Parameter candidates: with what they show; 1 or more.
    init(_ candidates: [Candidate]) {
        let boxes = candidates.first?.view.count ?? 0
        var mean = [Int32](repeating: 0, count: boxes)
        for candidate in candidates {
            for box in 0..<boxes { mean[box] &+= Int32(candidate.view[box]) }
        }
        for box in 0..<boxes { mean[box] /= Int32(candidates.count) }
        var activity = [Float](repeating: 0, count: boxes)
        self.candidates = candidates.map { candidate in
            var candidate = candidate
            for box in 0..<boxes {
                let deviation = Int32(candidate.view[box]) &- mean[box]
                candidate.view[box] = Int16(clamping: deviation)
                activity[box] += Float(abs(deviation))
            }
            return candidate
        }
        // In most boxes nothing moves but noise.
        let noise = boxes == 0 ? 0 : activity.sorted()[boxes / 2] * 1.5
        self.activity = activity.map { max(0, $0 - noise) / Float(candidates.count) }
    }
}

extension [Int16] {
    /// The mean difference of two views' boxes.
    func distance(to other: [Int16]) -> Float {
        guard !isEmpty else { return 0 }
        var sum: Int32 = 0
        withUnsafeBufferPointer { one in
            other.withUnsafeBufferPointer { other in
                for box in 0..<one.count {
                    sum &+= Int32(truncatingIfNeeded: (Int32(one[box]) &- Int32(other[box])).magnitude)
                }
            }
        }
        return Float(sum) / Float(count)
    }
}
