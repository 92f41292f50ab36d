internal import Foundation

extension RGBPicture {
    /// The mean light, 0 black to 1 white, in linear terms: by the transfer curve of sRGB (IEC 61966-2-1) and the weights
    /// of BT.709.
    var meanLight: Double {
        var sums = (red: 0.0, green: 0.0, blue: 0.0)
        bytes.withUnsafeBufferPointer { bytes in
            Self.light.withUnsafeBufferPointer { light in
                var place = 0
                while place + 2 < bytes.count {
                    sums.red += light[Int(bytes[place])]
                    sums.green += light[Int(bytes[place + 1])]
                    sums.blue += light[Int(bytes[place + 2])]
                    place += 3
                }
            }
        }
        let count = Double(max(1, bytes.count / 3))
        return (0.2126 * sums.red + 0.7152 * sums.green + 0.0722 * sums.blue) / count
    }

    private static let light: [Double] = (0..<256).map { value in
        let coded = Double(value) / 255
        return coded <= 0.04045 ? coded / 12.92 : pow((coded + 0.055) / 1.055, 2.4)
    }
}
