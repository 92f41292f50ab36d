internal import Catalog
internal import Vocabulary

/// What is made of every picture before it goes onto a sheet: a part of it is taken, which is turned and mirrored, in this
/// order, as in a video.
struct PictureShape: Hashable, Sendable {
    private let crop: VideoCrop?
    private let turn: PictureOrientation
    private let mirroring: PictureOrientation

    init(_ looks: VideoLooks) {
        crop = looks.crop
        turn =
            switch looks.rotation {
            case .none: .upright
            case .one: .clockwise
            case .two: .upsideDown
            case .three: .counterclockwise
            }
        mirroring =
            switch looks.mirroring {
            case nil: .upright
            case .horizontal?: .mirrored
            case .vertical?: .flipped
            }
    }

    /// Whether pictures stay as they are.
    var isPlain: Bool { crop == nil && turn == .upright && mirroring == .upright }

    /// The size that a picture of this size gets.
    ///
    /// - Throws: ``ExportError/unusableVideo(_:hint:)`` where it has no such part.
    func size(of picture: PixelSize) throws(ExportError) -> PixelSize {
        guard fits(picture) else {
            throw .unusableVideo(
                "there is no \(crop?.description ?? "") in frames of \(picture)", hint: "Give a part of the frames.")
        }
        return (crop?.size ?? picture).upright(turn)
    }

    fileprivate func fits(_ picture: PixelSize) -> Bool {
        guard let crop else { return true }
        return crop.x + crop.size.width <= picture.width && crop.y + crop.size.height <= picture.height
    }

    /// - Parameter size: of the picture before it was decoded smaller.
    fileprivate func applied(to picture: RGBPicture, of size: PixelSize) -> RGBPicture {
        var shaped = picture
        if let crop {
            // Places in a smaller picture, at least one pixel of it.
            func place(_ at: Int, _ whole: Int, _ length: Int) -> Int { min(length, (at * length + whole / 2) / whole) }
            let left = min(place(crop.x, size.width, picture.size.width), picture.size.width - 1)
            let top = min(place(crop.y, size.height, picture.size.height), picture.size.height - 1)
            let right = place(crop.x + crop.size.width, size.width, picture.size.width)
            let bottom = place(crop.y + crop.size.height, size.height, picture.size.height)
            shaped = picture.part(
                PixelSize(width: max(1, right - left), height: max(1, bottom - top)), x: left, y: top)
        }
        return shaped.turned(turn).turned(mirroring)
    }
}

extension FrameFeed.Picture {
    /// The size that a shape gives the picture.
    func size(shapedBy shape: PictureShape) throws(PictureRefusal) -> PixelSize {
        guard shape.fits(size), let shaped = try? shape.size(of: size) else {
            throw PictureRefusal(reason: "the part that was asked for is not within its \(size) pixels")
        }
        return shaped
    }

    /// The picture decoded at so many eighths of its size, and shaped.
    func decoded(eighths: Int, shapedBy shape: PictureShape) throws(PictureRefusal) -> RGBPicture {
        _ = try size(shapedBy: shape)
        let picture = try decoded(eighths: eighths)
        return shape.isPlain ? picture : shape.applied(to: picture, of: size)
    }

    /// The picture shaped, at just this size.
    func decoded(at target: PixelSize, shapedBy shape: PictureShape) throws(PictureRefusal) -> RGBPicture {
        guard !shape.isPlain else { return try decoded(at: target) }
        let shaped = try size(shapedBy: shape)
        let enough = (1...8).first {
            shaped.scaled(eighths: $0).width >= target.width && shaped.scaled(eighths: $0).height >= target.height
        }
        return try decoded(eighths: enough ?? 8, shapedBy: shape).scaled(to: target)
    }
}
