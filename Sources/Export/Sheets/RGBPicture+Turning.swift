internal import Catalog
internal import Vocabulary

extension RGBPicture {
    /// This picture, brought to stand.
    func turned(_ orientation: PictureOrientation) -> RGBPicture {
        RGBPicture(size: size.upright(orientation), bytes: orientation.turned(bytes, of: size))
    }
}
