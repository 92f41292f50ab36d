import CTurboJPEG
import TestSupport
import Vocabulary

/// What a viewer makes of a picture, damaged or not.
struct ShownPicture {
    private let pixels: [UInt8]
    private let count: Int

    init(_ picture: TestJPEG, size: PixelSize) {
        count = size.area
        var pixels = [UInt8](repeating: 0, count: size.area * 3)
        if let decoder = tjInitDecompress() {
            // Warnings and errors leave what was decoded by then.
            tjDecompress2(
                decoder, picture.bytes, UInt(picture.bytes.count), &pixels, Int32(size.width), 0, Int32(size.height),
                Int32(TJPF_RGB.rawValue), 0)
            tjDestroy(decoder)
        }
        self.pixels = pixels
    }

    /// Whether a person could see that this is another picture: a thousandth of the pixels is off by more than 8 levels.
    func isVisiblyOther(than original: ShownPicture) -> Bool {
        var off = 0
        pixels.withUnsafeBufferPointer { ours in
            original.pixels.withUnsafeBufferPointer { theirs in
                for pixel in 0..<count {
                    let place = pixel &* 3
                    let isOff = (place..<place &+ 3).contains { abs(Int(ours[$0]) &- Int(theirs[$0])) > 8 }
                    if isOff { off &+= 1 }
                }
            }
        }
        return off * 1000 >= count
    }
}
