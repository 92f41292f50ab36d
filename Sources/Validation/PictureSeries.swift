package import Vocabulary

/// Judges a camera's pictures one after the other, by what its pictures before were like. A pure value.
///
/// What is proven to be damaged is rejected. What only looks so is kept under suspicion, because things in front of a camera may
/// look so too.
package struct PictureSeries: Sendable {
    /// The last pictures, one after the other, in whose scans bytes were left over. Their sizes and places tell them apart.
    private var odd: [FrameRejection] = []
    /// Whether the camera leaves EOI out of its pictures.
    private var ends: EndMarkerHistory
    /// Seams that are in the scene.
    private var sceneSeams: [Seam] = []
    /// The last seam that was suspect, and the picture's bytes.
    private var lastSeam: (seam: Seam, bytes: ValidFrame)?

    /// So many different pictures in a row, with none in between that was as it should be, are the camera's way: not one in
    /// thousands is torn so often.
    static let oddPictures = 8
    /// The strength of a seam in a picture alone, and beside the one before. Of 540 clean pictures of simulated cameras none had
    /// more than 1.3 and 0.8.
    static let strengthAlone: Float = 1.6
    static let strengthBeside: Float = 1.0
    /// Where the picture before had none, so many bytes left over are suspect. A few may be there only to make the number even.
    static let leastOdd = 4
    /// Of the scene's seams that are remembered.
    private static let mostSceneSeams = 16

    /// - Parameter kind: what the camera's newest picture was marked for.
    package init(after kind: Suspicion.Kind? = nil) {
        isOdd = kind == .oddScan
        ends = EndMarkerHistory(isMissing: kind == .noEOI)
    }

    /// Whether bytes are left over in every scan of the camera.
    package private(set) var isOdd: Bool

    /// Whether the camera leaves EOI out of every picture.
    package var lacksEnds: Bool { ends.isMissing }

    /// Takes that one more slot, or file, had no picture but such as lack EOI alone. Attempts of one slot may all have been torn at
    /// one place, and count once.
    package mutating func noteLackingEnd() { ends.noteMissing() }

    /// Takes that a slot had other pictures, or none.
    package mutating func noteOtherwise() { if !ends.isMissing { ends.noteSeen() } }

    /// Judges the next picture.
    ///
    /// - Parameter before: the camera's picture before, which was neither damaged nor suspect.
    /// - Throws: why it is no frame.
    package mutating func judge(
        _ picture: ExaminedPicture, after before: ExaminedPicture? = nil
    ) throws(FrameRejection) -> ValidFrame {
        if let lackingEnd = picture.lackingEnd {
            guard ends.isMissing else { throw lackingEnd }
        } else {
            ends.noteSeen()
        }
        let frame = picture.takenAsWhole
        if let leftOver = picture.leftOver {
            if !odd.contains(leftOver) { odd.append(leftOver) }
            if odd.count >= Self.oddPictures { isOdd = true }
            guard isOdd else { throw leftOver }
            odd = []
            return frame.suspected(of: Suspicion(.oddScan, at: leftOver.description))
        }
        (odd, isOdd) = ([], false)
        if picture.suspicion != nil { return frame }
        if let seam = seam(in: picture, after: before), !isInScene(seam, of: frame) {
            return frame.suspected(
                of: Suspicion(.seam, at: "from block row \(seam.row + 1), column \(seam.unit + 1) on"))
        }
        if picture.leftOverBytes >= Self.leastOdd, before?.leftOverBytes == 0 {
            let place = "\(picture.leftOverBytes) bytes are left over in the scan, none were in the picture before"
            return frame.suspected(of: Suspicion(.oddScan, at: place))
        }
        return frame
    }

    private func seam(in picture: ExaminedPicture, after before: ExaminedPicture?) -> Seam? {
        guard let alone = picture.edges?.strongestSeam() else { return nil }
        if alone.strength >= Self.strengthAlone { return alone }
        guard let earlier = before?.edges, let beside = picture.edges?.strongestSeam(after: earlier),
            beside.strength >= Self.strengthBeside, alone.strength >= earlier.strongestSeam()?.strength ?? 0
        else { return nil }
        return beside
    }

    /// Whether a seam came back at its place with other bytes: then the camera sees it, or draws it in.
    private mutating func isInScene(_ seam: Seam, of frame: ValidFrame) -> Bool {
        if sceneSeams.contains(where: seam.isAt) { return true }
        if let lastSeam, seam.isAt(lastSeam.seam), lastSeam.bytes.bytes != frame.bytes {
            sceneSeams = sceneSeams.suffix(Self.mostSceneSeams - 1) + [seam]
            self.lastSeam = nil
            return true
        }
        lastSeam = (seam, frame)
        return false
    }
}

extension Seam {
    fileprivate func isAt(_ other: Seam) -> Bool { row == other.row && abs(unit - other.unit) <= 1 }
}
